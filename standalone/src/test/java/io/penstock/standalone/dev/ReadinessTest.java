package io.penstock.standalone.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
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
        .containsExactly("ingest {\"waitsFor\":\"definitions\"}");
  }

  @Test
  void definitions_are_not_waited_for_since_only_a_ready_service_takes_them() throws IOException {
    assertThat(
            Readiness.notReady(
                """
                {"status":"DOWN","checks":[
                  {"name":"given-definitions","status":"DOWN"},
                  {"name":"console","status":"UP"}]}
                """))
        .isEmpty();
  }

  @Test
  void a_start_is_not_given_up_while_the_orchestrator_reads_a_large_state() throws IOException {
    String reading = "{\"name\":\"orchestrator\",\"status\":\"DOWN\"}";
    String stuck = "{\"name\":\"console-projection\",\"status\":\"DOWN\"}";
    assertThat(limit("{\"checks\":[" + reading + "]}"))
        .isGreaterThan(limit("{\"checks\":[" + reading + "," + stuck + "]}"));
    assertThat(limit("{\"checks\":[" + stuck + "]}")).isEqualTo(Duration.ofSeconds(60));
  }

  private static Duration limit(String health) throws IOException {
    return Readiness.limit(Readiness.notReady(health));
  }

  @Test
  void an_answer_that_names_no_checks_is_not_readiness() {
    assertThatThrownBy(() -> Readiness.notReady("{}")).isInstanceOf(IOException.class);
  }
}
