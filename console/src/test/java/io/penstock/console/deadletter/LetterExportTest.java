package io.penstock.console.deadletter;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.console.RealServers;
import io.penstock.schema.json.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(RealServers.class)
class LetterExportTest extends WithLetterTopics {
  @TestHTTPResource("/")
  URI base;

  @Test
  void an_export_has_every_letter_over_all_pages_with_all_bytes() throws Exception {
    for (int i = 0; i < 230; i++) {
      letters.write(LetterTopics.step("exported~" + i, "call", 1, i, "500"));
    }
    letters.awaitProjected();

    List<String> lines =
        given()
            .queryParam("workflow", "exported")
            .get("/api/dead-letters/export")
            .asString()
            .lines()
            .toList();
    Set<Object> executions = new HashSet<>();
    for (String line : lines) {
      Json letter = Json.parse(line.getBytes(UTF_8));
      executions.add(letter.at("execution"));
      assertThat(letter.at("headers")).isInstanceOf(List.class);
      assertThat(letter.at("value")).isInstanceOf(String.class);
    }
    assertThat(lines).hasSize(230);
    assertThat(executions).hasSize(230);
    assertThat(Json.parse(lines.getFirst().getBytes(UTF_8)).at("execution"))
        .isEqualTo("exported~229");
  }

  @Test
  void an_export_that_fails_on_the_way_is_seen_to_be_incomplete() throws Exception {
    for (int i = 0; i < 205; i++) {
      letters.write(LetterTopics.step("cut~" + i, "call", 1, i, "500"));
    }
    letters.awaitProjected();
    String headers =
        letters.ask("select headers from console.dead_letter where execution_id = 'cut~1'");
    // On the second page, when the first has gone out: what our own limits refuse.
    letters.run(
        "update console.dead_letter set headers = (repeat('[', 200) || repeat(']', 200))::json where execution_id = 'cut~1'");

    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      base.toString().replaceAll("/$", "")
                          + "/api/dead-letters/export?workflow=cut"))
              .build();
      assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    } finally {
      letters.run(
          "update console.dead_letter set headers = '%s' where execution_id = 'cut~1'"
              .formatted(headers));
    }
  }
}
