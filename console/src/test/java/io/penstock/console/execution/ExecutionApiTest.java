package io.penstock.console.execution;

import static io.penstock.console.Histories.NOON;
import static io.penstock.console.Histories.requested;
import static io.penstock.console.Histories.started;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.penstock.console.Histories;
import io.penstock.console.HistoryTopic;
import io.penstock.console.RealServers;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepPath;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(RealServers.class)
class ExecutionApiTest {
  private static final String LEAD = "/api/executions/api~lead";

  @Inject DataSource database;
  RealServers servers;

  @BeforeEach
  void project() {
    StepError error = StepError.of(ErrorType.RUNTIME, "422 from crm");
    try (HistoryTopic topic = new HistoryTopic(servers.bootstrapServers(), database)) {
      topic.write(Histories.lead("api~lead", NOON, "ada@example.com"));
      topic.write(Histories.lead("api~waiting", NOON, "ada@example.com").subList(0, 2));
      topic.write(
          Histories.of("api~dead")
              .then(started(Json.NULL), requested("deal", StepKind.NOTIFY, 1, 1))
              .then(
                  ExecutionStatus.SUSPENDED,
                  Optional.empty(),
                  new Fact.StepFailed(new StepPath("deal"), 1, error),
                  new Fact.ExecutionSuspended(Optional.of(new StepPath("deal")), error))
              .records());
      topic.write(
          Histories.of("api~cancelled")
              .then(started(Json.NULL), requested("deal", StepKind.NOTIFY, 1, 1))
              .then(
                  ExecutionStatus.CANCELLED,
                  Optional.empty(),
                  new Fact.ExecutionCancelled("ada", "a test"))
              .records());
      topic.awaitProjected();
    }
  }

  @Test
  void one_execution_shows_all_there_is() {
    given()
        .get(LEAD)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("id", is("api~lead"))
        .body("workflow", is("api"))
        .body("version", is("1.0.0"))
        .body("status", is("COMPLETED"))
        .body("waitsFor", hasSize(0))
        .body("startedAt", is("2026-11-22T12:00:00Z"))
        .body("durationMs", is(7_000))
        .body("event.source", is("crm"))
        .body("event.type", is("contact.created"))
        .body("input.email", is("ada@example.com"))
        .body("output.route", is("high"))
        .body("consumption.inputTokens", is(300))
        .body("consumption.costMicroUsd", is(1_250))
        .body("steps.path", contains("company", "score", "pipeline", "pipeline/0/deal"))
        .body("steps.kind", contains("enrich", "llm", "route", "notify"))
        .body("steps[0].attempts.outcome", contains("failed", "succeeded"))
        .body("steps[0].attempts[0].error.message", is("503 from apollo"))
        .body("steps[0].attempts[0].durationMs", is(250))
        .body("steps[1].attempts[0].model", is("small-model"))
        .body("history", nullValue());
  }

  @Test
  void a_step_shows_the_values_that_its_command_carried() {
    given()
        .get(LEAD)
        .then()
        .body("steps[0].inputs", nullValue())
        .body("steps[1].inputs.input.email", is("ada@example.com"))
        .body("steps[1].inputs.steps.company.output.name", is("Acme"))
        .body("steps[1].inputs.steps.company.output.employees", nullValue());
  }

  @Test
  void a_route_shows_its_branch_and_takes_over_the_output_of_its_last_step() {
    given()
        .get(LEAD)
        .then()
        .body("steps[2].branch.name", is("high"))
        .body("steps[2].output.branch", is(0))
        .body("steps[2].output.output.id", is("d-1"));
  }

  @Test
  void history_comes_when_asked_for() {
    given()
        .queryParam("history", "true")
        .get(LEAD)
        .then()
        .body("history", hasSize(8))
        .body("history[0].facts[0].type", is("executionStarted"));
  }

  @Test
  void a_waiting_execution_says_for_what_and_until_when() {
    given()
        .get("/api/executions/api~waiting")
        .then()
        .body("status", is("WAITING"))
        .body("waitsFor[0].what", is("retry"))
        .body("waitsFor[0].step", is("company"))
        .body("waitsFor[0].until", is("2026-11-22T12:00:05Z"));
  }

  @Test
  void the_list_says_what_each_waits_for_since_when_and_until_when() {
    String waiting = "executions.find { it.id == 'api~waiting' }.";
    String dead = "executions.find { it.id == 'api~dead' }.";
    given()
        .get("/api/executions?workflow=api")
        .then()
        .body(waiting + "waitsFor[0].what", is("retry"))
        .body(waiting + "waitsFor[0].step", is("company"))
        .body(waiting + "waitsFor[0].since", is("2026-11-22T12:00:01Z"))
        .body(waiting + "waitsFor[0].until", is("2026-11-22T12:00:05Z"))
        .body(dead + "waitsFor[0].what", is("replay"))
        .body(dead + "waitsFor[0].since", is("2026-11-22T12:00:01Z"))
        .body("executions.find { it.id == 'api~lead' }.waitsFor", hasSize(0));
  }

  @Test
  void the_list_finds_what_has_waited_for_long_whatever_it_waits_for() {
    given()
        .get("/api/executions?workflow=api&waitingLongerThan=1s")
        .then()
        .statusCode(200)
        .body("executions.id", containsInAnyOrder("api~waiting", "api~dead"));
    given()
        .get("/api/executions?workflow=api&waitingLongerThan=300d")
        .then()
        .body("executions", hasSize(0));
  }

  @Test
  void a_suspended_execution_waits_for_the_replay_of_its_dead_step() {
    given()
        .get("/api/executions/api~dead")
        .then()
        .body("waitsFor[0].what", is("replay"))
        .body("waitsFor[0].step", is("deal"))
        .body("error.message", is("422 from crm"));
  }

  @Test
  void what_was_still_open_when_an_execution_was_cancelled_is_cancelled() {
    given()
        .get("/api/executions/api~cancelled")
        .then()
        .body("status", is("CANCELLED"))
        .body("steps[0].status", is("CANCELLED"));
  }

  @Test
  void several_are_shown_at_once_in_the_order_asked_for() {
    given()
        .queryParam("ids", "api~waiting,api~nobody,api~lead")
        .get("/api/executions")
        .then()
        .statusCode(200)
        .body("executions.id", contains("api~waiting", "api~lead"))
        .body("executions[1].steps[2].branch.name", equalTo("high"));
  }

  @Test
  void the_list_filters_by_workflow_status_and_time() {
    given()
        .queryParam("workflow", "api")
        .queryParam("status", "SUSPENDED")
        .queryParam("since", "2026-11-22T12:00:00Z")
        .queryParam("until", "2026-11-22T12:00:01Z")
        .get("/api/executions")
        .then()
        .statusCode(200)
        .body("executions.id", contains("api~dead"))
        .body("next", nullValue());
    given()
        .queryParam("workflow", "api")
        .queryParam("since", "2026-11-22T12:00:01Z")
        .get("/api/executions")
        .then()
        .body("executions", hasSize(0));
  }

  @Test
  void an_unknown_execution_is_a_problem() {
    given()
        .urlEncodingEnabled(false)
        .get("/api/executions/api~nobody")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("type", is("urn:penstock:problem:unknown-execution"))
        .body("detail", containsString("api~nobody"))
        .body("instance", is("/api/executions/api~nobody"))
        .body("retry", is(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status=DONE|RUNNING, WAITING, PAUSED",
        "since=yesterday|2026-11-22T14:00:00Z",
        "until=+999999999-01-01T00:00:00Z|2026-11-22T14:00:00Z",
        "limit=0|1 to 200",
        "limit=201|1 to 200",
        "limit=ten|1 to 200",
        "after=AAAA|'next'",
        "after=%00|'next'",
        "workflow=a%00b|workflow's name",
        "state=RUNNING|after, ids, limit, since, status, until, waitingLongerThan, workflow",
        "waitingLongerThan=soon|10s",
        "waitingLongerThan=400d|0s to",
        "ids=|1 to 200",
        "ids=a~1&limit=3|stands alone"
      })
  void a_bad_parameter_is_told_what_is_accepted(String query, String accepted) {
    given()
        .urlEncodingEnabled(false)
        .get("/api/executions?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", containsString(accepted));
  }

  @Test
  void a_bad_history_parameter_is_refused_too() {
    given()
        .get(LEAD + "?history=yes")
        .then()
        .statusCode(400)
        .body("detail", containsString("true or false"));
  }

  @Test
  void a_web_page_under_another_name_gets_nothing() {
    given()
        .header("Host", "rebound.example")
        .get(LEAD)
        .then()
        .statusCode(403)
        .contentType("application/problem+json");
    given().header("Host", "rebound.example").get("/api/executions").then().statusCode(403);
  }

  @Test
  void health_names_the_projection() {
    given()
        .get("/q/health")
        .then()
        .statusCode(200)
        .body("checks.name", hasItem("console-projection"));
  }
}
