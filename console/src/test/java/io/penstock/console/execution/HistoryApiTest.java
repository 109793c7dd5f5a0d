package io.penstock.console.execution;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.penstock.console.RealServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(RealServers.class)
class HistoryApiTest {
  @Inject DataSource database;

  @AfterEach
  void forgetWhatHasNoHistory() throws SQLException {
    StoredExecution.forgetAll(database);
  }

  @Test
  void pages_follow_on_each_other_until_there_is_no_more() throws SQLException {
    StoredExecution execution = StoredExecution.of(database, "news~pages", "RUNNING");
    for (int i = 0; i < 7; i++) {
      execution.history("[{\"type\":\"wakeUpSet\"}]");
    }

    List<Integer> seen = new ArrayList<>();
    Map<String, Object> after = Map.of();
    JsonPath page;
    do {
      page =
          given()
              .queryParam("limit", 3)
              .queryParams(after)
              .get("/api/executions/news~pages/history")
              .jsonPath();
      seen.addAll(page.getList("records.sequence"));
      after = Map.of("after", page.getLong("next"));
    } while (page.getBoolean("more"));

    assertThat(seen).containsExactly(100, 101, 102, 103, 104, 105, 106);
    assertThat(page.getString("status")).isEqualTo("RUNNING");
  }

  @Test
  void a_page_ends_where_it_gets_large_but_never_before_its_first_record() throws SQLException {
    StoredExecution execution = StoredExecution.of(database, "news~large", "RUNNING");
    for (int i = 0; i < 5; i++) {
      execution.history("[{\"type\":\"x\",\"text\":\"%s\"}]".formatted("x".repeat(900_000)));
    }

    given()
        .get("/api/executions/news~large/history")
        .then()
        .body("records", hasSize(2))
        .body("next", is(101))
        .body("more", is(true));
    given()
        .queryParam("history", "true")
        .get("/api/executions/news~large")
        .then()
        .body("history", hasSize(2))
        .body("historyNext", is(101));
  }

  @Test
  void an_answer_waits_for_news() throws SQLException {
    StoredExecution execution =
        StoredExecution.of(database, "news~awaited", "RUNNING").history("[]");

    CompletableFuture<JsonPath> answer =
        CompletableFuture.supplyAsync(
            () ->
                given()
                    .queryParam("after", 100)
                    .queryParam("wait", "30s")
                    .get("/api/executions/news~awaited/history")
                    .jsonPath());
    execution.history("[{\"type\":\"news\"}]");

    assertThat(answer.join().getList("records.sequence")).containsExactly(101);
  }

  @Test
  void without_news_the_answer_is_empty_when_the_time_has_passed() throws SQLException {
    StoredExecution.of(database, "news~none", "RUNNING").history("[]");

    given()
        .queryParam("after", 100)
        .queryParam("wait", "300ms")
        .get("/api/executions/news~none/history")
        .then()
        .statusCode(200)
        .body("records", hasSize(0))
        .body("next", is(100))
        .body("more", is(false))
        .body("status", is("RUNNING"));
  }

  @Test
  void an_ended_execution_has_no_news_to_wait_for() throws SQLException {
    StoredExecution.of(database, "news~ended", "COMPLETED").history("[]");

    given()
        .queryParam("after", 100)
        .queryParam("wait", "30s")
        .get("/api/executions/news~ended/history")
        .then()
        .body("status", is("COMPLETED"))
        .body("records", hasSize(0));
  }

  @Test
  void an_execution_without_history_begins_at_the_beginning() throws SQLException {
    StoredExecution.of(database, "news~new", "RUNNING");

    given()
        .get("/api/executions/news~new/history")
        .then()
        .body("records", hasSize(0))
        .body("next", nullValue());
  }

  @Test
  void history_of_an_unknown_execution_is_a_problem_at_once() {
    given()
        .queryParam("wait", "30s")
        .get("/api/executions/news~nobody/history")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("type", is("urn:penstock:problem:unknown-execution"));
  }

  @Test
  void records_are_those_of_the_topic() throws SQLException {
    StoredExecution.of(database, "news~facts", "RUNNING")
        .history("[{\"type\":\"executionStarted\"}]");

    given()
        .get("/api/executions/news~facts/history")
        .then()
        .body("records[0].facts.type", contains("executionStarted"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "after=-1|from 0 on",
        "after=x|from 0 on",
        "limit=0|1 to 500",
        "wait=31s|0s to 30s",
        "wait=soon|0s to 30s",
        "since=1|after, limit, wait"
      })
  void a_bad_parameter_is_told_what_is_accepted(String query, String accepted) {
    given()
        .get("/api/executions/news~any/history?" + query)
        .then()
        .statusCode(400)
        .body("detail", containsString(accepted));
  }

  @Test
  void a_web_page_under_another_name_gets_nothing() {
    given()
        .header("Host", "rebound.example")
        .get("/api/executions/news~any/history")
        .then()
        .statusCode(403);
    given()
        .header("Host", "rebound.example")
        .get("/api/executions/news~any/steps")
        .then()
        .statusCode(403);
  }
}
