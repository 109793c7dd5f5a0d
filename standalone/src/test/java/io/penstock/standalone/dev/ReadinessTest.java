package io.penstock.standalone.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  @Test
  void the_parts_that_are_down_are_named_with_what_they_say() throws IOException {
    assertThat(
            Readiness.notReady(
                """
                {"status":"DOWN","checks":[
                  {"name":"ingest","status":"DOWN","data":{"waitsFor":"definitions"}},
                  {"name":"console","status":"UP"}]}
                """))
        .isEqualTo("not ready: ingest {\"waitsFor\":\"definitions\"}");
  }
}
