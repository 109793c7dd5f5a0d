package io.penstock.cli.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.FakeServer;
import io.penstock.cli.Penstock;
import io.penstock.cli.terminal.Colours;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden output: what a person sees. To accept a change, look at it, then change the .txt. */
class ExecutionsCommandTest {
  @Test
  void the_list_shows_what_each_does_costs_and_waits_for() {
    try (FakeServer server = new FakeServer(200, resource("list.json"))) {
      Penstock result = Penstock.run("executions", "list", "--server", server.url());

      assertThat(result.out()).isEqualTo(resource("list.txt"));
      assertThat(result.err()).isEqualTo("there are more: --after MTc2\n");
      assertThat(result.exitCode()).isZero();
      assertThat(server.requests()).containsExactly("GET /api/executions?limit=20");
    }
  }

  @Test
  void filters_of_the_list_are_handed_on() {
    try (FakeServer server = new FakeServer(200, "{\"executions\":[]}")) {
      Penstock result =
          Penstock.run(
              "executions",
              "list",
              "--server",
              server.url() + "/",
              "--workflow",
              "lead quali",
              "--status",
              "waiting",
              "--since",
              "2026-11-22T12:00:00Z",
              "--waiting-longer-than",
              "15m",
              "--limit",
              "5");

      assertThat(server.requests())
          .containsExactly(
              "GET /api/executions?workflow=lead%20quali&status=WAITING&since=2026-11-22T12%3A00%3A00Z&waitingLongerThan=PT15M&limit=5");
      assertThat(result.err()).isEqualTo("no executions\n");
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void a_refused_filter_tells_what_is_accepted() {
    try (FakeServer server =
        new FakeServer(400, "{\"detail\":\"status is 'DONE'; accepted is one of RUNNING\"}")) {
      Penstock result =
          Penstock.run("executions", "list", "--status", "done", "--server", server.url());

      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains("accepted is one of RUNNING");
    }
    Penstock badTime = Penstock.run("executions", "list", "--since", "yesterday");
    assertThat(badTime.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(badTime.err()).contains("'yesterday'", "24h");
  }

  @Test
  void how_long_ago_is_understood() {
    Clock noon = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    assertThat(TimeArgument.parse("15m", noon)).contains(Instant.parse("2026-11-22T11:45:00Z"));
    assertThat(TimeArgument.parse("7d", noon)).contains(Instant.parse("2026-11-15T12:00:00Z"));
    assertThat(TimeArgument.parse("7w", noon)).isEmpty();
  }

  @Test
  void one_execution_is_a_timeline_of_its_steps() {
    try (FakeServer server = new FakeServer(200, resource("show.json"))) {
      Penstock result = Penstock.run("executions", "show", "lead~k1", "--server", server.url());

      assertThat(result.out()).isEqualTo(resource("show.txt"));
      assertThat(result.exitCode()).isZero();
      assertThat(server.requests()).containsExactly("GET /api/executions/lead~k1");
    }
  }

  @Test
  void colours_change_nothing_but_colours() throws Exception {
    Json execution = Json.parse(resource("show.json").getBytes(UTF_8));

    Timeline timeline = new Timeline(execution, new Colours(true));
    List<String> lines = new ArrayList<>(timeline.head());
    lines.addAll(timeline.steps(null));
    lines.addAll(timeline.end());
    String coloured = String.join("\n", lines);

    assertThat(coloured).contains("\u001b[32mCOMPLETED\u001b[0m", "\u001b[31mfailed\u001b[0m");
    assertThat((coloured + "\n").replaceAll("\u001b\\[\\d+m", "")).isEqualTo(resource("show.txt"));
  }

  @Test
  void a_program_gets_the_answer_as_it_is_with_history_if_asked_for() throws Exception {
    try (FakeServer server = new FakeServer(200, resource("show.json"))) {
      Penstock result =
          Penstock.run(
              "executions", "show", "lead~k1", "-o", "json", "--history", "--server", server.url());

      assertThat(Json.parse(result.out().strip().getBytes(UTF_8)).value())
          .isEqualTo(Json.parse(resource("show.json").getBytes(UTF_8)).value());
      assertThat(server.requests()).containsExactly("GET /api/executions/lead~k1?history=true");
    }
  }

  @Test
  void an_unknown_execution_is_not_found() {
    try (FakeServer server =
        new FakeServer(404, "{\"detail\":\"no execution 'lead~nobody' is known here\"}")) {
      Penstock result = Penstock.run("executions", "show", "lead~nobody", "--server", server.url());

      assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("no execution 'lead~nobody'");
    }
  }

  @Test
  void executions_alone_is_a_question_back() {
    Penstock result = Penstock.run("executions");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("penstock executions show ID");
  }

  private static String resource(String name) {
    try (InputStream in =
        ExecutionsCommandTest.class.getResourceAsStream("/io/penstock/cli/" + name)) {
      return in == null ? "" : new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
