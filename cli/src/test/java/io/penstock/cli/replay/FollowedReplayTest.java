package io.penstock.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.Penstock;
import io.penstock.cli.ScriptedServer;
import io.penstock.cli.ScriptedServer.Said;
import io.penstock.schema.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowedReplayTest {
  private static String standing(
      String status, long sent, long succeeded, long failed, String why) {
    return Json.of(
            Map.of(
                "id",
                "r-1",
                "status",
                status,
                "total",
                10L,
                "sent",
                sent,
                "succeeded",
                succeeded,
                "failedAgain",
                failed,
                "refused",
                0L,
                "waiting",
                10 - sent,
                "why",
                why))
        .toString();
  }

  @Test
  void progress_is_told_to_the_end_and_then_how_it_was() {
    List<String> answers =
        List.of(
            standing("sampling", 2, 0, 0, ""),
            standing("sampling", 2, 0, 0, ""),
            standing("running", 6, 4, 0, ""),
            standing("done", 10, 10, 0, ""));
    try (ScriptedServer server = inOrder(answers)) {
      Penstock result = follow(server);

      assertThat(result.out())
          .isEqualTo(
              """
              sampling, 2 of 10 sent: 2 in flight, 8 waiting
              running, 6 of 10 sent: 4 succeeded, 2 in flight, 4 waiting
              replay r-1 done: 10 of 10 sent: 10 succeeded
              """);
      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void stopped_by_its_budget_is_a_failure_that_says_what_to_do() {
    List<String> answers =
        List.of(
            standing("sampling", 5, 0, 0, ""),
            standing("stopped", 5, 1, 4, "4 failed again, 3 were allowed \u001b[2J"));
    try (ScriptedServer server = inOrder(answers)) {
      Penstock result = follow(server);

      assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
      assertThat(result.out())
          .endsWith(
              "replay r-1 stopped (4 failed again, 3 were allowed \\u001b[2J):"
                  + " 5 of 10 sent: 1 succeeded, 4 failed again, 5 waiting\n");
      assertThat(result.err())
          .contains("penstock dlq replays show r-1 --failed", "what was not sent is open still");
    }
  }

  @ParameterizedTest
  @CsvSource({"done,10,0,0", "done,9,1,1", "cancelled,10,0,1", "stopped,10,0,1"})
  void the_exit_code_says_whether_all_went_well(
      String status, long succeeded, long failed, int exitCode) {
    try (ScriptedServer server = inOrder(List.of(standing(status, 10, succeeded, failed, "")))) {
      assertThat(follow(server).exitCode()).isEqualTo(exitCode);
      assertThat(
              Penstock.run("dlq", "replays", "show", "r-1", "--wait", "--server", server.url())
                  .exitCode())
          .isEqualTo(exitCode);
      assertThat(Penstock.run("dlq", "replays", "show", "r-1", "--server", server.url()).exitCode())
          .as("who only looks is told, not warned")
          .isZero();
    }
  }

  @Test
  void programs_get_a_line_for_each_standing_the_end_as_the_last() {
    List<String> answers =
        List.of(standing("running", 2, 0, 0, ""), standing("done", 10, 10, 0, ""));
    try (ScriptedServer server = inOrder(answers)) {
      Penstock followed = follow(server, "-o", "json");

      assertThat(followed.out().lines()).hasSize(2).last().asString().contains("\"done\"");
    }
  }

  @Test
  void a_server_that_is_away_for_a_while_is_waited_for_and_told_about_once() {
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                asked.count() == 1 || asked.count() == 2
                    ? Said.of(503, "{\"detail\":\"database away\"}")
                    : Said.ok(
                        asked.count() == 0
                            ? standing("running", 2, 0, 0, "")
                            : standing("done", 10, 10, 0, "")))) {
      Penstock result = follow(server);

      assertThat(result.exitCode()).isZero();
      assertThat(result.err().lines().filter(line -> line.contains("the server is")))
          .containsExactly(
              "the server is away, trying again: it answers HTTP 503", "the server is back");
    }
  }

  @Test
  void a_paused_one_is_waited_for_and_the_way_on_is_told() {
    try (ScriptedServer server =
        inOrder(List.of(standing("running", 2, 0, 0, ""), standing("paused", 2, 2, 0, "")))) {
      Penstock result = follow(server, "--timeout", "1s");

      assertThat(result.exitCode()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(result.err())
          .containsOnlyOnce("penstock dlq replays resume r-1")
          .contains("has not ended within 1 s and goes on");
    }
  }

  @Test
  void a_hundred_thousand_letters_are_told_in_few_lines() {
    ReplayProgress progress = new ReplayProgress(() -> Instant.EPOCH);
    long total = 100_000;

    long told =
        LongStream.rangeClosed(0, total)
            .mapToObj(
                done ->
                    Json.of(
                        Map.of(
                            "status", "running", "total", total, "sent", done, "succeeded", done)))
            .filter(progress::isNews)
            .count();

    assertThat(told).isEqualTo(11);
  }

  @Test
  void a_slow_one_is_told_every_now_and_then_if_it_moves_at_all() {
    Instant[] now = {Instant.EPOCH};
    ReplayProgress progress = new ReplayProgress(() -> now[0]);

    assertThat(progress.isNews(slow(1))).isTrue();
    assertThat(progress.isNews(slow(2))).isFalse();
    now[0] = Instant.EPOCH.plusSeconds(10);
    assertThat(progress.isNews(slow(1))).as("unchanged").isFalse();
    assertThat(progress.isNews(slow(2))).isTrue();
  }

  private static Json slow(long succeeded) {
    return Json.of(
        Map.of("status", "running", "total", 1_000L, "sent", 9L, "succeeded", succeeded));
  }

  private static ScriptedServer inOrder(List<String> answers) {
    return new ScriptedServer(
        asked -> Said.ok(answers.get(Math.min(asked.count(), answers.size() - 1))));
  }

  private static Penstock follow(ScriptedServer server, String... more) {
    String[] command = {"dlq", "replays", "show", "r-1", "--follow", "--server", server.url()};
    return Penstock.run(Stream.of(command, more).flatMap(Arrays::stream).toArray(String[]::new));
  }
}
