package io.penstock.console.deadletter;

import static io.penstock.console.deadletter.LetterAnswers.found;
import static io.penstock.console.deadletter.LetterAnswers.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.penstock.console.RealServers;
import io.penstock.schema.json.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(RealServers.class)
class DiscardTest extends WithLetterTopics {
  @Test
  void a_discard_hides_letters_says_how_many_and_is_written_down() throws Exception {
    for (int i = 0; i < 5; i++) {
      letters.write(LetterTopics.step("away~" + i, "call", 1, i, "500"));
    }
    letters.awaitProjected();
    letters.run(
        "update console.dead_letter set status = 'replaying' where execution_id = 'away~0'");
    String one = letters.ask("select id from console.dead_letter where execution_id = 'away~1'");

    assertThat(discard(Map.of("ids", List.of(one, "no-1-1")))).isEqualTo(1);
    assertThat(discard(Map.of("ids", List.of(one)))).as("again").isZero();
    assertThat(discard(Map.of("filter", Map.of("workflow", "away")))).isEqualTo(3);

    assertThat(found("workflow", "away")).isEmpty();
    assertThat(found("workflow", "away", "status", "discarded")).hasSize(4);
    assertThat(found("workflow", "away", "status", "replaying")).containsExactly("away~0");
    given()
        .get("/api/dead-letters/" + one)
        .then()
        .body("status", is("discarded"))
        .body("discarded[0].by", is("ada"))
        .body("discarded[0].reason", is("test data"));
    assertThat(
            letters.ask(
                "select sum(discarded), count(*), max(selection::text) from console.dead_letter_discard where reason = 'test data'"))
        .isEqualTo("4,3,{\"ids\":[\"%s\"]}".formatted(one));
    assertThat(
            letters.ask(
                "select open, total from console.dead_letter_group where workflow = 'away'"))
        .isEqualTo("0,5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"selection\":{\"group\":\"g\"},\"by\":\"ada\"}",
        "{\"selection\":{\"group\":\"g\"},\"by\":\" \",\"reason\":\"r\"}",
        "{\"by\":\"ada\",\"reason\":\"r\"}",
        "{\"selection\":{},\"by\":\"ada\",\"reason\":\"r\"}",
        "{\"selection\":{\"filter\":{}},\"by\":\"ada\",\"reason\":\"r\"}",
        "{\"selection\":{\"filter\":{\"colour\":\"red\"}},\"by\":\"ada\",\"reason\":\"r\"}",
        "{\"selection\":{\"filter\":{\"status\":\"lost\"}},\"by\":\"ada\",\"reason\":\"r\"}",
        "{\"selection\":{\"filter\":{\"workflow\":7}},\"by\":\"ada\",\"reason\":\"r\"}",
        "{\"selection\":{\"ids\":[]},\"by\":\"ada\",\"reason\":\"r\"}",
        "{\"selection\":{\"ids\":[\"a\\u0000\"]},\"by\":\"ada\",\"reason\":\"r\"}",
        "{\"selection\":{\"all\":true},\"by\":\"ada\",\"reason\":\"r\"}",
        "{\"selection\":{\"group\":\"g\"},\"by\":\"ada\",\"reason\":\"r\",\"force\":true}",
        "[]"
      })
  void a_discard_that_does_not_say_what_who_and_why_is_refused(String body) {
    post(body)
        .post("/api/dead-letters/discard")
        .then()
        .statusCode(422)
        .body("type", is("urn:penstock:problem:invalid-request"));
  }

  private static int discard(Map<String, Object> selection) {
    return post(Json.of(Map.of("selection", selection, "by", "ada", "reason", "test data"))
            .toString())
        .post("/api/dead-letters/discard")
        .then()
        .statusCode(200)
        .extract()
        .path("discarded");
  }
}
