package io.penstock.console.deadletter;

import static io.penstock.console.deadletter.LetterAnswers.found;
import static io.penstock.console.deadletter.LetterAnswers.json;
import static io.penstock.console.deadletter.LetterAnswers.list;
import static io.penstock.console.deadletter.LetterAnswers.post;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.penstock.console.Histories;
import io.penstock.console.HistoryTopic;
import io.penstock.console.RealServers;
import io.penstock.schema.Topic;
import io.penstock.schema.message.ErrorType;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(RealServers.class)
class DeadLetterApiTest extends WithLetterTopics {
  @Test
  void every_filter_finds_its_letters() throws Exception {
    letters.write(
        LetterTopics.step(
            "f1~a", "each/3/call", 1, 1, 10, ErrorType.TIMEOUT, "no answer, crm.example.com"));
    letters.write(
        LetterTopics.step("f1~b", "other", 1, 1, 20, ErrorType.RUNTIME, "422 contact Ärger-17"));
    letters.write(
        LetterTopics.step("f2~c", "call", 1, 1, 30, ErrorType.RUNTIME, "422 contact Zoe"));
    letters.write(LetterTopics.record(Topic.INPUTS, "{".getBytes(UTF_8), "filtered record"));
    letters.awaitProjected();
    letters.run("update console.dead_letter set status = 'parked' where execution_id = 'f2~c'");

    assertThat(found("workflow", "f1")).containsExactly("f1~b", "f1~a");
    assertThat(found("workflow", "f1", "step", "each/call")).containsExactly("f1~a");
    assertThat(found("workflow", "f1", "step", "each/99/call")).containsExactly("f1~a");
    assertThat(found("workflow", "f1", "errorType", "runtime")).containsExactly("f1~b");
    assertThat(found("workflow", "f1", "version", "1.0.0")).hasSize(2);
    assertThat(found("workflow", "f1", "version", "2.0.0")).isEmpty();
    assertThat(found("workflow", "f2")).isEmpty();
    assertThat(found("workflow", "f2", "status", "parked")).containsExactly("f2~c");
    assertThat(found("workflow", "f2", "status", "all")).containsExactly("f2~c");
    assertThat(found("text", "crm.EXAMPLE")).containsExactly("f1~a");
    assertThat(found("text", "ärger")).containsExactly("f1~b");
    assertThat(found("text", "contact 43", "status", "all")).isEmpty();
    assertThat(found("text", "422 cont", "status", "all")).containsExactly("f2~c", "f1~b");
    assertThat(found("text", "f1 call")).as("execution and path").containsExactly("f1~a");
    assertThat(found("workflow", "f1", "from", "2026-11-22T12:00:15Z")).containsExactly("f1~b");
    assertThat(found("workflow", "f1", "until", "2026-11-22T12:00:15Z")).containsExactly("f1~a");
    assertThat(found("text", "filtered record", "kind", "record")).hasSize(1);
    assertThat(found("text", "filtered record", "kind", "step")).isEmpty();
    String group =
        letters.ask("select fingerprint from console.dead_letter where execution_id = 'f1~a'");
    assertThat(found("group", group)).containsExactly("f1~a");
  }

  @Test
  void pages_show_each_letter_once_while_others_arrive() throws Exception {
    for (int i = 0; i < 35; i++) {
      // Five at each instant, so that pages end between letters of the same time.
      letters.write(LetterTopics.step("paged~" + i, "call", 1, i / 5, "500"));
    }
    letters.awaitProjected();

    List<String> seen = new ArrayList<>();
    String next = null;
    int more = 0;
    do {
      JsonPath page = list("workflow", "paged", "limit", "4", "after", next);
      seen.addAll(page.getList("deadLetters.execution"));
      next = page.getString("next");
      letters.write(LetterTopics.step("paged~new" + more++, "call", 1, 100 + more, "500"));
      letters.awaitProjected();
    } while (next != null);

    assertThat(seen).hasSize(35).doesNotHaveDuplicates().noneMatch(id -> id.contains("new"));
  }

  @Test
  void a_letter_is_shown_with_everything() throws Exception {
    try (HistoryTopic history = new HistoryTopic(servers.bootstrapServers(), database)) {
      history.write(Histories.lead("shown~1", Histories.NOON, "ada@example.com").subList(0, 2));
      letters.write(LetterTopics.step("shown~1", "company", 1, 10, "503 from apollo"));
      history.awaitProjected();
      letters.awaitProjected();
    }
    String id = letters.ask("select id from console.dead_letter where execution_id = 'shown~1'");

    given()
        .get("/api/dead-letters/" + id)
        .then()
        .statusCode(200)
        .body("id", is(id))
        .body("kind", is("step"))
        .body("status", is("open"))
        .body("at", is("2026-11-22T12:00:10Z"))
        .body("topic", is("penstock.steps.enrich"))
        .body("source.offset", is(10))
        .body("cause", is("503 from apollo"))
        .body("step", is("company"))
        .body("errorType", is("runtime"))
        .body("generation", is(1))
        .body("value", containsString("\"path\":\"company\""))
        .body("truncated", nullValue())
        .body("headers.find { it.name == 'dead-letter-cause' }.value", is("503 from apollo"))
        .body("attempts", hasSize(1))
        .body("attempts[0].error.message", is("503 from apollo"))
        .body("history", is("/api/executions/shown~1/history"));
    given().get("/api/executions/shown~1/history").then().statusCode(200);
  }

  @Test
  void groups_come_with_their_sums_the_latest_first() throws Exception {
    letters.write(LetterTopics.step("grouped~1", "call", 1, 10, "no field 'a' in 17"));
    letters.write(LetterTopics.step("grouped~2", "call", 1, 20, "no field 'b' in 18"));
    letters.write(LetterTopics.step("grouped~3", "other", 1, 30, "no field 'c' in 19"));
    letters.awaitProjected();
    letters.run(
        "update console.dead_letter set status = 'discarded' where execution_id in ('grouped~1', 'grouped~3')");

    JsonPath all = json("/api/dead-letters/groups", "workflow", "grouped", "status", "all");
    assertThat(all.getList("groups.step")).containsExactly("other", "call");
    JsonPath open = json("/api/dead-letters/groups", "workflow", "grouped");
    assertThat(open.getList("groups")).hasSize(1);
    assertThat(open.getString("groups[0].message")).isEqualTo("no field <value> in <n>");
    assertThat(open.getLong("groups[0].open")).isEqualTo(1);
    assertThat(open.getLong("groups[0].total")).isEqualTo(2);
    assertThat(open.getString("groups[0].firstSeen")).isEqualTo("2026-11-22T12:00:10Z");
    assertThat(open.getString("groups[0].lastSeen")).isEqualTo("2026-11-22T12:00:20Z");
    assertThat(open.getString("groups[0].oldestOpen")).isEqualTo("2026-11-22T12:00:20Z");
    JsonPath first =
        json("/api/dead-letters/groups", "workflow", "grouped", "status", "all", "limit", "1");
    assertThat(
            json(
                    "/api/dead-letters/groups",
                    "workflow",
                    "grouped",
                    "status",
                    "all",
                    "after",
                    first.getString("next"))
                .getList("groups.step"))
        .containsExactly("call");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?status=lost|all or one of open, replaying, resolved, discarded, parked",
        "?kind=other|step or record",
        "?text=%2B%2B|a word or several",
        "?from=yesterday|ISO 8601",
        "?limit=201|1 to 200",
        "?after=x|of a page before",
        "?colour=red|there is no parameter 'colour'",
        "/groups?status=parked|open or all",
        "/groups?text=x|there is no parameter 'text'",
        "/export?limit=5|there is no parameter 'limit'",
        "?workflow=%00|text that is not empty"
      })
  void a_bad_parameter_is_told_what_is_accepted(String query, String accepted) {
    given()
        .urlEncodingEnabled(false)
        .get("/api/dead-letters" + query)
        .then()
        .statusCode(400)
        .body("type", is("urn:penstock:problem:invalid-parameter"))
        .body("detail", containsString(accepted));
  }

  @Test
  void a_body_that_is_no_json_and_a_letter_that_is_not_there_are_problems() {
    post("{\"sel").post("/api/dead-letters/discard").then().statusCode(400);
    given()
        .get("/api/dead-letters/enrich-0-99999")
        .then()
        .statusCode(404)
        .body("type", is("urn:penstock:problem:unknown-dead-letter"));
    given().urlEncodingEnabled(false).get("/api/dead-letters/a%00b").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/groups", "/export", "/enrich-0-1"})
  void a_web_page_under_another_name_gets_nothing(String path) {
    given()
        .header("Host", "rebound.example")
        .get("/api/dead-letters" + path)
        .then()
        .statusCode(403);
    post("{}")
        .header("Origin", "https://rebound.example")
        .post("/api/dead-letters/discard")
        .then()
        .statusCode(403);
  }
}
