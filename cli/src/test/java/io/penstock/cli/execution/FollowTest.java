package io.penstock.cli.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.Penstock;
import io.penstock.cli.PenstockCli;
import io.penstock.cli.ScriptedServer;
import io.penstock.cli.ScriptedServer.Asked;
import io.penstock.cli.ScriptedServer.Said;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Golden output: what a person sees. To accept a change, look at it, then change the .txt. */
class FollowTest {
  private static final Pattern AFTER = Pattern.compile("after=(\\d+)");
  private static final int ROUNDS = 10_000;

  @Test
  void what_happens_is_told_line_by_line_and_summed_up_at_the_end() {
    List<String> history = lines("follow.jsonl");
    try (ScriptedServer server =
        new ScriptedServer(asked -> page(history, asked, 3, "COMPLETED"))) {
      Penstock result = follow(server);

      assertThat(result.out()).isEqualTo(resource("follow.txt"));
      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isZero();
      assertThat(server.requests().getFirst().target())
          .startsWith("/api/executions/lead~k1/history?limit=200&wait=10000ms");
    }
  }

  @Test
  void programs_get_the_records_as_json_lines_and_a_summary_as_the_last() throws Exception {
    List<String> history = lines("follow.jsonl");
    try (ScriptedServer server =
        new ScriptedServer(asked -> page(history, asked, 3, "COMPLETED"))) {
      Penstock result = follow(server, "-o", "json");

      List<String> lines = result.out().lines().toList();
      assertThat(lines).hasSize(history.size() + 1);
      for (int i = 0; i < history.size(); i++) {
        assertThat(json(lines.get(i)).value()).isEqualTo(json(history.get(i)).value());
      }
      Json summary = json(lines.getLast());
      assertThat(summary.at("summary", "status")).isEqualTo("COMPLETED");
      assertThat(summary.at("summary", "durationMs")).isEqualTo(7_000L);
      assertThat(summary.at("summary", "consumption", "inputTokens")).isEqualTo(300L);
    }
  }

  @Test
  void a_server_that_restarts_meanwhile_is_waited_for_and_nothing_is_told_twice() {
    List<String> history = lines("follow.jsonl");
    CountDownLatch secondPageAskedFor = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            asked -> {
              if (asked.count() == 1) {
                secondPageAskedFor.countDown();
                await(gone);
              }
              return page(history, asked, 3, "COMPLETED");
            })) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      CompletableFuture<Integer> following =
          CompletableFuture.supplyAsync(
              () ->
                  PenstockCli.commandLine()
                      .setOut(new PrintWriter(out, true))
                      .setErr(new PrintWriter(err, true))
                      .execute("executions", "show", "lead~k1", "-f", "--server", server.url()));
      await(secondPageAskedFor);
      server.goAway();
      gone.countDown();
      Awaitility.await().until(() -> err.toString().contains("the server is away"));
      server.comeBack();

      assertThat(following.join()).isZero();
      assertThat(out).hasToString(resource("follow.txt"));
      assertThat(err.toString().lines()).hasSize(2).last().isEqualTo("the server is back");
    }
  }

  @Test
  void a_server_that_is_away_for_long_is_told_about_once() {
    List<String> history = lines("follow.jsonl");
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                asked.count() == 1 || asked.count() == 2
                    ? Said.of(503, "{\"status\":503,\"retry\":true,\"detail\":\"away\"}")
                    : page(history, asked, 3, "COMPLETED"))) {
      Penstock result = follow(server);

      assertThat(result.out()).isEqualTo(resource("follow.txt"));
      assertThat(result.err())
          .isEqualTo("the server is away, trying again: it answers HTTP 503\nthe server is back\n");
    }
  }

  @Test
  void no_end_in_time_is_a_timeout_that_names_the_status() {
    try (ScriptedServer server =
        new ScriptedServer(asked -> page(List.of(), asked, 1, "WAITING"))) {
      Penstock result = follow(server, "--timeout", "300ms");

      assertThat(result.exitCode()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(result.err()).contains("lead~k1", "WAITING", "--follow");
    }
  }

  @Test
  void an_execution_that_does_not_end_well_is_told_by_the_exit_code() {
    List<String> history =
        List.of(
            """
            {"workflow":"lead","version":"1.0.0","sequence":1,"at":"2026-11-22T12:00:00Z","status":"FAILED",
             "facts":[{"type":"executionFailed","error":{"type":"runtime","message":"422 \\u001b[2J"}}]}""");
    try (ScriptedServer server = new ScriptedServer(asked -> page(history, asked, 3, "FAILED"))) {
      Penstock result = follow(server);

      assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
      assertThat(result.out()).contains("FAILED", "runtime: 422").doesNotContain("\u001b");
    }
  }

  @Test
  void an_unknown_execution_is_not_waited_for() {
    try (ScriptedServer server =
        new ScriptedServer(asked -> Said.of(404, "{\"detail\":\"no execution 'lead~k1'\"}"))) {
      Penstock result = follow(server);

      assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
      assertThat(result.err()).contains("no execution 'lead~k1'");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void ten_thousand_rounds_are_a_handful_of_lines() {
    List<String> history = manyRounds();
    try (ScriptedServer server =
        new ScriptedServer(asked -> page(history, asked, 500, "COMPLETED"))) {
      Penstock result = follow(server);

      assertThat(result.out().lines().count()).isLessThan(40);
      assertThat(result.out())
          .contains("finds 10,000 items")
          .contains("1,999 of 10,000 rounds done, 1 failed")
          .contains("round 3 failed: runtime: 422")
          .contains("9,998 of 10,000 rounds done, 2 failed")
          .doesNotContain("each/17/call");
    }
  }

  @Test
  void every_round_is_told_to_who_asks_for_all() {
    List<String> history = manyRounds();
    try (ScriptedServer server =
        new ScriptedServer(asked -> page(history, asked, 500, "COMPLETED"))) {
      Penstock result = follow(server, "--all");

      assertThat(result.out().lines().count()).isGreaterThan(ROUNDS * 2);
      assertThat(result.out()).contains("each/17/call", "round 17 is done");
    }
  }

  @Test
  void options_that_make_no_sense_together_are_refused() {
    assertThat(Penstock.run("executions", "show", "x", "--timeout", "3s").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(Penstock.run("executions", "show", "x", "--follow", "--history").exitCode())
        .isEqualTo(ExitCode.USAGE);
    Penstock noSpan = Penstock.run("executions", "show", "x", "--follow", "--timeout", "soon");
    assertThat(noSpan.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(noSpan.err()).contains("'soon'", "30s");
  }

  private static Penstock follow(ScriptedServer server, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("executions", "show", "lead~k1", "--follow", "--server", server.url()));
    args.addAll(List.of(more));
    return Penstock.run(args.toArray(String[]::new));
  }

  /** As the server pages: what lies behind the record that was seen last. */
  private static Said page(List<String> history, Asked asked, int size, String statusAtTheEnd) {
    Matcher after = AFTER.matcher(asked.target());
    int from = after.find() ? Integer.parseInt(after.group(1)) : 0;
    int until = Math.min(history.size(), from + size);
    boolean more = until < history.size();
    return Said.ok(
        "{\"status\":\"%s\",\"records\":[%s],\"next\":%d,\"more\":%s}"
            .formatted(
                more ? "RUNNING" : statusAtTheEnd,
                String.join(",", history.subList(from, until)),
                until,
                more));
  }

  /** One record per round, and two that fail. */
  private static List<String> manyRounds() {
    List<String> history = new ArrayList<>();
    history.add(
        record(
            0,
            "{\"type\":\"itemsFound\",\"path\":\"each\",\"rounds\":%d,\"items\":[]}"
                .formatted(ROUNDS)));
    for (int i = 0; i < ROUNDS; i++) {
      boolean fails = i == 3 || i == 4_000;
      history.add(
          record(
              i,
              "{\"type\":\"stepCompleted\",\"path\":\"each/%d/call\"},{\"type\":\"scopeEnded\",\"scope\":\"each/%d\"%s}"
                  .formatted(
                      i, i, fails ? ",\"error\":{\"type\":\"runtime\",\"message\":\"422\"}" : "")));
    }
    history.add(record(ROUNDS, "{\"type\":\"stepCompleted\",\"path\":\"each\"}"));
    history.add(
        record(ROUNDS, "{\"type\":\"executionCompleted\",\"output\":null}")
            .replace("RUNNING", "COMPLETED"));
    return history;
  }

  private static String record(int millis, String facts) {
    return "{\"workflow\":\"lead\",\"version\":\"1.0.0\",\"sequence\":%d,\"at\":\"2026-11-22T12:00:%02d.%03dZ\",\"status\":\"RUNNING\",\"facts\":[%s]}"
        .formatted(millis, millis / 1_000, millis % 1_000, facts);
  }

  private static Json json(String line) throws Exception {
    return Json.parse(line.getBytes(UTF_8));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> lines(String name) {
    return resource(name).lines().toList();
  }

  private static String resource(String name) {
    try (InputStream in = FollowTest.class.getResourceAsStream("/io/penstock/cli/" + name)) {
      return in == null ? "" : new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
