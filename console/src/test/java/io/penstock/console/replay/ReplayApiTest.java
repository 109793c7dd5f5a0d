package io.penstock.console.replay;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.penstock.console.RealServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses, and the worker that is started with the console. Nothing listens as ingest. */
@QuarkusTest
@WithTestResource(RealServers.class)
class ReplayApiTest {
  @Inject DataSource database;

  @AfterEach
  void forget() throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          delete from console.replay_letter where execution_id = 'rapi~0';
          delete from console.dead_letter where workflow = 'rapi';
          delete from console.execution where workflow = 'rapi'""");
    }
  }

  @Test
  void a_replay_is_begun_once_waits_for_ingest_and_is_cancelled() throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into console.execution (id, workflow, version, status, started_at, updated_at,
                                         input_tokens, output_tokens, last_sequence)
          values ('rapi~0', 'rapi', '1.0.0', 'SUSPENDED', now(), now(), 0, 0, 1);
          insert into console.dead_letter
            (id, topic, dlq_partition, dlq_offset, at, kind, reason, cause, source_offset,
             execution_id, path, workflow, version, step, fingerprint, headers, size, status,
             status_at, words)
          values ('enrich-9-0', 'penstock.steps.enrich', 9, 0, now(), 'step', 'runtime', '', 1,
                  'rapi~0', 'call', 'rapi', '1.0.0', 'call', 'rapi', '[]', 1, 'open', now(), '')""");
    }
    String body =
        "{\"selection\":{\"filter\":{\"workflow\":\"rapi\",\"status\":\"all\"}},\"by\":\"ann\",\"reason\":\"test\",\"dryRun\":%s}";
    post("", body.formatted(true))
        .then()
        .statusCode(200)
        .body("replayable", is(1))
        .body("steps[0].repeats[0].sameKey", is(true));
    String location =
        post("", body.formatted(false)).then().statusCode(201).extract().header("Location");
    String id = location.substring(location.lastIndexOf('/') + 1);
    post("", body.formatted(false))
        .then()
        .statusCode(409)
        .body("type", is("urn:penstock:problem:nothing-to-replay"))
        .body("detail", containsString("1: it is being replayed already"));

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                asked()
                    .get("/api/replays/" + id)
                    .then()
                    .statusCode(200)
                    .body("why", containsString("waits for ingest"))
                    .body("inFlight", is(1)));
    post("/" + id + "/cancel", "{\"by\":\"bob\",\"reason\":\"enough\"}")
        .then()
        .statusCode(200)
        .body("status", is("cancelled"));
    post("/" + id + "/pause", "{\"by\":\"bob\",\"reason\":\"late\"}").then().statusCode(409);
    asked().get("/api/replays").then().statusCode(200).body("replays[0].id", is(id));
    asked()
        .get("/api/replays/" + id + "/letters?state=inFlight")
        .then()
        .body("letters[0].id", is("enrich-9-0"));
    asked().get("/api/replays/" + id + "/audit").then().body("audit[1].by", is("bob"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"selection\":{\"group\":\"x\"},\"by\":\"a\",\"reason\":\"b\",\"patch\":{}}",
        "{\"selection\":{\"group\":\"x\"},\"by\":\"a\"}",
        "{\"selection\":{},\"by\":\"a\",\"reason\":\"b\"}",
        "[]"
      })
  void what_is_no_wish_is_refused(String body) {
    post("", body).then().statusCode(422);
  }

  @Test
  void an_unknown_replay_and_another_host_are_refused() {
    asked().get("/api/replays/none").then().statusCode(404);
    post("/none/cancel", "{\"by\":\"a\",\"reason\":\"b\"}").then().statusCode(404);
    asked().header("Origin", "http://evil.example").get("/api/replays").then().statusCode(403);
    asked().get("/api/replays?limit=0").then().statusCode(400);
  }

  private static Response post(String path, String body) {
    return asked().contentType("application/json").body(body).post("/api/replays" + path);
  }

  private static RequestSpecification asked() {
    return given();
  }
}
