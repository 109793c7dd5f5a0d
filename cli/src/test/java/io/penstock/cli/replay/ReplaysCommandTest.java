package io.penstock.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.FakeServer;
import io.penstock.cli.Penstock;
import io.penstock.cli.ScriptedServer;
import io.penstock.cli.ScriptedServer.Said;
import io.penstock.schema.json.Json;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplaysCommandTest {
  private static final String REPLAY =
      """
      {"id":"r-1","status":"running","by":"ann","reason":"fixed",
       "selection":{"filter":{"workflow":"order","step":"charge"}},"createdAt":"2026-11-22T03:10:00Z",
       "total":500,"sent":120,"succeeded":100,"failedAgain":3,"refused":2,"waiting":378}""";

  @ParameterizedTest
  @ValueSource(strings = {"dlq replays", "dlq replays list"})
  void alone_it_lists_them(String command) {
    try (FakeServer server = new FakeServer(200, "{\"replays\":[" + REPLAY + "],\"next\":\"n\"}")) {
      Penstock result =
          "dlq replays".equals(command)
              ? alone(server.url())
              : Penstock.run("dlq", "replays", "list", "--server", server.url());

      assertThat(result.out())
          .isEqualTo(
              """
              ID   STATUS   BEGUN                 BY   SELECTION                    LETTERS
              r-1  running  2026-11-22T03:10:00Z  ann  workflow order, step charge  120 of 500 sent: 100 succeeded, 3 failed again, 17 in flight, 378 waiting, 2 refused
              """);
      assertThat(result.err()).isEqualTo("there are more: --after n\n");
      assertThat(server.requests()).containsExactly("GET /api/replays?limit=20");
    }
  }

  private static Penstock alone(String url) {
    return Penstock.run("dlq", "replays", "--server", url);
  }

  @Test
  void what_failed_again_is_listed_in_pages() {
    String letters =
        """
        {"letters":[{"id":"enrich-0-17","execution":"order~k1","path":"charge","state":"failedAgain",
         "again":"enrich-0-90","why":"runtime: 422 \\u009b2J"}],"next":"n"}""";
    try (FakeServer server = new FakeServer(200, letters)) {
      Penstock result =
          Penstock.run(
              "dlq",
              "replays",
              "show",
              "r/1",
              "--failed",
              "--after",
              "a",
              "--server",
              server.url());

      assertThat(result.out())
          .isEqualTo(
              """
              ID           EXECUTION  STEP    IS NOW       WHY
              enrich-0-17  order~k1   charge  enrich-0-90  runtime: 422 \\u009b2J
              """);
      assertThat(server.requests())
          .containsExactly("GET /api/replays/r%2F1/letters?state=failedAgain&limit=20&after=a");
    }
  }

  @Test
  void the_audit_says_who_did_what() {
    String audit =
        "{\"audit\":[{\"at\":\"2026-11-22T03:10:00Z\",\"what\":\"pause\",\"by\":\"ann\",\"reason\":\"slow\"}]}";
    try (FakeServer server = new FakeServer(200, audit)) {
      Penstock result =
          Penstock.run("dlq", "replays", "show", "r-1", "--audit", "--server", server.url());

      assertThat(result.out()).isEqualTo("2026-11-22T03:10:00Z  pause  ann  slow\n");
    }
  }

  @Test
  void a_letter_that_has_been_in_flight_for_long_is_told() {
    String waiting = REPLAY.replaceFirst("\\{", "{\"oldestInFlight\":\"2020-01-01T00:00:00Z\",");
    try (FakeServer server = new FakeServer(200, waiting)) {
      Penstock result = Penstock.run("dlq", "replays", "show", "r-1", "--server", server.url());

      assertThat(result.out()).containsPattern("oldest +in flight for .*, sent 2020-01-01");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T12:01:00Z,''",
    "2026-11-22T12:02:30Z,'in flight for 2 min 30 s, sent 2026-11-22T12:00:00Z'",
    "2026-11-22T11:59:00Z,''"
  })
  void a_minute_in_flight_is_not_long(Instant now, String said) {
    Json replay = Json.of(Map.of("oldestInFlight", "2026-11-22T12:00:00Z"));

    assertThat(ReplayWords.longInFlight(replay, now)).isEqualTo(said);
    assertThat(ReplayWords.longInFlight(Json.EMPTY_OBJECT, now)).isEmpty();
  }

  @Test
  void a_list_is_not_followed() {
    Penstock result = Penstock.run("dlq", "replays", "show", "r-1", "--failed", "--follow");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("leave --follow and --wait out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "cancel"})
  void who_intervenes_signs_it_and_sees_how_it_stands(String verb) {
    try (ScriptedServer server = new ScriptedServer(asked -> Said.ok(REPLAY))) {
      Penstock result =
          Penstock.run(
              "dlq",
              "replays",
              verb,
              "r-1",
              "--by",
              "ann",
              "--reason",
              "slow",
              "--server",
              server.url());

      assertThat(result.out()).startsWith("r-1  running\nletters   120 of 500 sent");
      assertThat(result.err()).contains("--failed", "--refused", "--follow");
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().getFirst().target()).isEqualTo("/api/replays/r-1/" + verb);
      assertThat(server.requests().getFirst().body())
          .isEqualTo("{\"by\":\"ann\",\"reason\":\"slow\"}");
    }
  }

  @Test
  void an_answer_without_the_replay_is_asked_for() {
    try (ScriptedServer server =
        new ScriptedServer(
            asked -> "POST".equals(asked.method()) ? Said.of(202, "{}") : Said.ok(REPLAY))) {
      Penstock result = Penstock.run("dlq", "replays", "pause", "r-1", "--server", server.url());

      assertThat(result.out()).startsWith("r-1  running");
    }
  }
}
