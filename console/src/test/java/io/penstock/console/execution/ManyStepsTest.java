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
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer stays readable and small, whatever an execution consists of. */
@QuarkusTest
@WithTestResource(RealServers.class)
class ManyStepsTest {
  private static final int ROUNDS = 10_000;

  @Inject DataSource database;

  @AfterEach
  void forgetWhatHasNoHistory() throws SQLException {
    StoredExecution.forgetAll(database);
  }

  @Test
  void of_a_foreach_the_rounds_are_counted_and_not_listed() throws SQLException {
    bigForeach("many~counted");

    String body = given().get("/api/executions/many~counted").asString();

    JsonPath detail = JsonPath.from(body);
    assertThat(detail.getList("steps.path"))
        .containsExactly("list", "each", "each/catch0/tell", "last");
    assertThat(detail.<String, Object>getMap("steps[1].rounds"))
        .containsEntry("total", ROUNDS)
        .containsEntry("completed", ROUNDS - 7)
        .containsEntry("failed", 2)
        .containsEntry("running", 5);
    assertThat(detail.getString("stepsNext")).isNull();
    assertThat(body.length()).isLessThan(10_000);
  }

  @Test
  void a_round_cancelled_by_its_own_failure_has_failed_and_one_cancelled_with_the_foreach_has_not()
      throws SQLException {
    StoredExecution execution =
        StoredExecution.of(database, "many~tolerated", "RUNNING")
            .step("each", "foreach", "RUNNING")
            .rounds("each", "call", 10)
            .change("each/3/call", "CANCELLED");

    JsonPath running = given().get("/api/executions/many~tolerated").jsonPath();
    execution.change("each", "FAILED");
    JsonPath failed = given().get("/api/executions/many~tolerated").jsonPath();

    assertThat(running.getInt("steps[0].rounds.failed")).isEqualTo(1);
    assertThat(running.getInt("steps[0].rounds.completed")).isEqualTo(9);
    assertThat(failed.getInt("steps[0].rounds.failed")).isZero();
    assertThat(failed.getInt("steps[0].rounds.cancelled")).isEqualTo(1);
  }

  @Test
  void every_step_of_ten_thousand_rounds_is_on_exactly_one_page() throws SQLException {
    bigForeach("many~paged");

    List<String> seen = new ArrayList<>();
    String next = null;
    do {
      JsonPath page =
          given()
              .queryParam("rounds", "all")
              .queryParams(next == null ? java.util.Map.of() : java.util.Map.of("after", next))
              .get("/api/executions/many~paged/steps")
              .jsonPath();
      seen.addAll(page.getList("steps.path"));
      next = page.getString("next");
    } while (next != null);

    assertThat(seen).hasSize(4 + ROUNDS + 3).doesNotHaveDuplicates().startsWith("list", "each");
  }

  @Test
  void one_round_is_asked_for_by_its_path_and_failed_steps_by_their_status() throws SQLException {
    bigForeach("many~asked");

    given()
        .queryParam("under", "each/17")
        .get("/api/executions/many~asked/steps")
        .then()
        .statusCode(200)
        .body("steps.path", contains("each/17/call", "each/17/inner"))
        .body("steps[1].rounds.completed", is(2))
        .body("next", nullValue());
    given()
        .queryParam("under", "each/17/call")
        .get("/api/executions/many~asked/steps")
        .then()
        .body("steps.path", contains("each/17/call"));
    given()
        .queryParam("rounds", "all")
        .queryParam("status", "FAILED")
        .get("/api/executions/many~asked/steps")
        .then()
        .body("steps.path", contains("each/3/call", "each/9999/call"));
  }

  @Test
  void what_was_open_at_the_end_is_found_as_cancelled() throws SQLException {
    StoredExecution.of(database, "many~ended", "CANCELLED")
        .step("done", "enrich", "COMPLETED")
        .step("open", "enrich", "RUNNING");

    given()
        .queryParam("status", "CANCELLED")
        .get("/api/executions/many~ended/steps")
        .then()
        .body("steps.path", contains("open"))
        .body("steps.status", contains("CANCELLED"));
    given()
        .queryParam("status", "RUNNING")
        .get("/api/executions/many~ended/steps")
        .then()
        .body("steps", hasSize(0));
  }

  @Test
  void of_many_attempts_the_latest_are_shown_and_the_others_counted() throws SQLException {
    StoredExecution.of(database, "many~attempts", "RUNNING")
        .step("call", "enrich", "RUNNING")
        .attempts("call", 31);

    JsonPath detail = given().get("/api/executions/many~attempts").jsonPath();

    assertThat(detail.getList("steps[0].attempts.attempt", Integer.class))
        .hasSize(StepQuery.MAX_ATTEMPTS)
        .startsWith(12)
        .endsWith(31);
    assertThat(detail.getInt("steps[0].attemptsLeftOut")).isEqualTo(11);
  }

  @Test
  void large_payloads_are_left_out_where_the_answer_is_full_and_there_when_asked_for_alone()
      throws SQLException {
    StoredExecution execution = StoredExecution.of(database, "many~large", "RUNNING");
    String output = "\"" + "x".repeat(200 << 10) + "\"";
    for (int i = 0; i < 40; i++) {
      execution.step("step" + i, "enrich", "COMPLETED", output, "[\"steps.step0.output\"]");
    }

    String body = given().get("/api/executions/many~large").asString();

    JsonPath detail = JsonPath.from(body);
    assertThat(body.length()).isLessThan(PayloadBudget.DEFAULT_BYTES + (200 << 10));
    assertThat(detail.getList("steps")).hasSize(40);
    assertThat(detail.getList("steps[39].leftOut")).contains("inputs", "output");
    given()
        .queryParam("under", "step39")
        .get("/api/executions/many~large/steps")
        .then()
        .body("steps[0].leftOut", nullValue())
        .body("steps[0].output.length()", is(200 << 10))
        .body("steps[0].inputs.steps.step0.output.length()", is(200 << 10));
  }

  @Test
  void of_many_waiting_steps_those_that_are_due_first_are_named() throws SQLException {
    StoredExecution execution =
        StoredExecution.of(database, "many~waiting", "WAITING").step("each", "foreach", "RUNNING");
    execution.rounds("each", "call", 100);
    for (int i = 0; i < 100; i++) {
      execution.waits("each/" + i + "/call", "2026-11-22T12:00:" + (99 - i) % 60 + "Z");
    }

    given()
        .get("/api/executions/many~waiting")
        .then()
        .body("waitsFor", hasSize(20))
        .body("waitsFor[0].until", is("2026-11-22T12:00:00Z"))
        .body("waitsFor[0].what", is("retry"));
  }

  @Test
  void a_step_reads_the_nearest_step_of_that_name() throws SQLException {
    StoredExecution.of(database, "many~nearest", "RUNNING")
        .step("call", "enrich", "COMPLETED", "\"outside\"", "[]")
        .step("list", "enrich", "COMPLETED", "\"listed\"", "[]")
        .step("each", "foreach", "RUNNING")
        .step("each/0/call", "enrich", "COMPLETED", "\"zero\"", "[]")
        .step("each/1/call", "enrich", "COMPLETED", "\"one\"", "[]")
        .step(
            "each/1/tell",
            "notify",
            "RUNNING",
            null,
            "[\"steps.call.output\",\"steps.list.output\"]")
        .step("last", "notify", "RUNNING", null, "[\"steps.call.output\"]");

    given()
        .queryParam("rounds", "all")
        .get("/api/executions/many~nearest/steps")
        .then()
        .body("steps.find { it.path == 'each/1/tell' }.inputs.steps.call.output", is("one"))
        .body("steps.find { it.path == 'each/1/tell' }.inputs.steps.list.output", is("listed"))
        .body("steps.find { it.path == 'last' }.inputs.steps.call.output", is("outside"));
  }

  @Test
  void outputs_of_parallel_and_foreach_are_put_together_from_what_is_inside() throws SQLException {
    StoredExecution.of(database, "many~gathered", "RUNNING")
        .step("look-up", "parallel", "COMPLETED", "null", "[]")
        .step("look-up/company/find", "enrich", "COMPLETED", "\"first\"", "[]")
        .step("look-up/person/find", "enrich", "FAILED")
        .step("look-up/company/check", "enrich", "COMPLETED", "{\"ok\":true}", "[]")
        .step("each", "foreach", "COMPLETED", "null", "[]")
        .step("each/1/call", "enrich", "COMPLETED", "\"b\"", "[]")
        .step("each/0/call", "enrich", "COMPLETED", "\"a\"", "[]")
        .step("each/2/call", "enrich", "FAILED")
        .step("tell", "notify", "RUNNING", null, "[\"steps[\\\"look-up\\\"].output.company\"]");

    JsonPath detail = given().get("/api/executions/many~gathered").jsonPath();

    assertThat(detail.<String, Object>getMap("steps[0].output"))
        .containsOnlyKeys("company")
        .containsEntry("company", java.util.Map.of("ok", true));
    assertThat(detail.getList("steps.find { it.path == 'each' }.output.items"))
        .containsExactly("a", "b", null);
    assertThat(detail.getInt("steps.find { it.path == 'each' }.output.failed")).isEqualTo(1);
    assertThat(
            detail.getBoolean(
                "steps.find { it.path == 'tell' }.inputs.steps.'look-up'.output.company.ok"))
        .isTrue();
  }

  @Test
  void an_output_that_is_too_large_to_be_put_together_is_not_shown_in_part() throws SQLException {
    StoredExecution execution =
        StoredExecution.of(database, "many~heavy", "RUNNING")
            .step("each", "foreach", "COMPLETED", "null", "[]");
    String output = "\"" + "x".repeat(250 << 10) + "\"";
    for (int i = 0; i < 150; i++) {
      execution.step("each/" + i + "/call", "enrich", "COMPLETED", output, "[]");
    }

    given()
        .get("/api/executions/many~heavy")
        .then()
        .body("steps.path", contains("each"))
        .body("steps[0].rounds.completed", is(150))
        .body("steps[0].output", nullValue())
        .body("steps[0].leftOut", nullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rounds=some|all or folded",
        "status=DONE|CANCELLED, COMPLETED, FAILED, RUNNING, WAITING",
        "limit=201|1 to 200",
        "after=AAAA|'next'",
        "under=%00|each/17",
        "path=each|after, limit, rounds, status, under"
      })
  void a_bad_parameter_is_told_what_is_accepted(String query, String accepted) {
    given()
        .urlEncodingEnabled(false)
        .get("/api/executions/any~id/steps?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", containsString(accepted));
  }

  @Test
  void steps_of_an_unknown_execution_are_a_problem() {
    given()
        .get("/api/executions/many~nobody/steps")
        .then()
        .statusCode(404)
        .body("type", is("urn:penstock:problem:unknown-execution"));
  }

  /** Two rounds failed, five are at work; in one of them a foreach has rounds of its own. */
  private void bigForeach(String id) throws SQLException {
    StoredExecution execution =
        StoredExecution.of(database, id, "RUNNING")
            .step("list", "enrich", "COMPLETED")
            .historyOfNextStep(
                "[{\"type\":\"itemsFound\",\"path\":\"each\",\"rounds\":%d,\"items\":[]}]"
                    .formatted(ROUNDS))
            .step("each", "foreach", "RUNNING")
            .rounds("each", "call", ROUNDS)
            .step("each/17/inner", "foreach", "COMPLETED")
            .step("each/17/inner/0/call", "enrich", "COMPLETED")
            .step("each/17/inner/1/call", "enrich", "COMPLETED")
            .step("each/catch0/tell", "notify", "RUNNING")
            .step("last", "notify", "RUNNING")
            .change("each/3/call", "FAILED")
            .change("each/9999/call", "FAILED");
    for (int i = 20; i < 25; i++) {
      execution.change("each/" + i + "/call", "RUNNING");
    }
  }
}
