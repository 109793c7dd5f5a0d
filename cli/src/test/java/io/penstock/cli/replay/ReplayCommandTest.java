package io.penstock.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.Penstock;
import io.penstock.cli.PenstockCli;
import io.penstock.cli.ScriptedServer;
import io.penstock.cli.ScriptedServer.Asked;
import io.penstock.cli.ScriptedServer.Said;
import io.penstock.cli.terminal.Confirmation;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReplayCommandTest {
  private static final String PLAN =
      """
      {"letters":1500,"replayable":495,
       "refused":[{"id":"enrich-0-1","why":"its execution has \\u001b[31mended"},{"id":"b","why":"w"},
        {"id":"c","why":"w"},{"id":"d","why":"w"},{"id":"e","why":"w"},{"id":"f","why":"w"}],
       "steps":[{"workflow":"order","version":"1.0.0","step":"charge","executions":495,
        "kept":["reserve","look-up"],
        "repeats":[{"kind":"enrich","target":"bank","calls":495,"sameKey":true},
         {"kind":"llm","target":"scoring","calls":1495,"sameKey":false}]}],
       "estimatedCostMicroUsd":125000,"estimatedSeconds":49.5,
       "patchDiff":[{"op":"add","path":"/input/amount","after":5},
                    {"op":"remove","path":"/input/code","why":"operation 1 (remove /input/code): there is none"}],
       "patchTried":{"letters":100,"refused":7,"first":"enrich-0-3","why":"operation 1 (remove /input/code): there is none"}}""";

  private static final String REPLAY =
      """
      {"id":"r-1","status":"sampling","by":"ann","reason":"fixed","selection":{"group":"g1"},
       "createdAt":"2026-11-22T03:10:00Z","total":495,"sent":5,"succeeded":0,"failedAgain":0,
       "refused":0,"waiting":490,"rate":"10/s","sample":5,"maxFailures":3}""";

  @TempDir private Path directory;

  private static Said serve(Asked asked) {
    return asked.body().contains("\"dryRun\":true") ? Said.ok(PLAN) : Said.of(201, REPLAY);
  }

  @Test
  void a_dry_run_tells_what_would_happen_and_does_nothing() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ReplayCommandTest::serve)) {
      Penstock result =
          Penstock.run("dlq", "replay", "--group", "g1", "--dry-run", "--server", server.url());

      assertThat(result.out())
          .isEqualTo(
              """
              1,500 dead letters, 495 can be replayed
              step charge of order 1.0.0 starts again in 495 executions
                  kept      reserve, look-up
                  calls  enrich bank  495 times    with the same Idempotency-Key
                  calls  llm scoring  1,495 times  with a new Idempotency-Key
              cost      about $0.125
              time      about 49.5 s
              patch     /input/amount: null → 5
              patch     /input/code: null → does not apply
              the patch does not apply to 7 of the first 100, such as enrich-0-3: operation 1 (remove /input/code): there is none
              1,005 dead letters cannot:
                  enrich-0-1  its execution has \\u001b[31mended
                  b           w
                  c           w
                  d           w
                  e           w
                  and 1,000 more: -o json
              """);
      assertThat(result.err()).contains("nothing was done");
      assertThat(result.exitCode()).isZero();
      assertThat(server.requests()).hasSize(1);
      assertThat(json(server.requests().getFirst().body()).at("dryRun")).isEqualTo(true);
    }
  }

  @Test
  void everything_that_was_said_is_handed_on() throws Exception {
    Path patch = directory.resolve("patch.json");
    Files.writeString(patch, "[{\"op\":\"remove\",\"path\":\"/body/x\"}]");
    try (ScriptedServer server = new ScriptedServer(ReplayCommandTest::serve)) {
      Penstock result =
          run(
              "dlq replay --workflow order --step charge --error runtime --since 2026-11-22T02:00:00Z"
                  + " --edit FILE --to-version 1.0.1 --rate 10/s --sample 5 --max-failures 3"
                  + " --by ann --reason fixed --yes",
              patch,
              server);

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(server.requests()).hasSize(1);
      assertThat(json(server.requests().getFirst().body()).value())
          .isEqualTo(
              json("""
                      {"selection":{"filter":{"workflow":"order","step":"charge","errorType":"runtime",
                        "from":"2026-11-22T02:00:00Z"}},
                       "by":"ann","reason":"fixed","patch":[{"op":"remove","path":"/body/x"}],
                       "version":"1.0.1","rate":"10/s","sample":5,"maxFailures":3,"dryRun":false}""")
                  .value());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b a|{\"ids\":[\"a\",\"b\"]}",
        "--group g1|{\"group\":\"g1\"}",
        "--group g1 --step s|{\"filter\":{\"step\":\"s\",\"group\":\"g1\"}}",
        "--status parked|{\"filter\":{\"status\":\"parked\"}}",
        "--all|{\"filter\":{\"status\":\"open\"}}"
      })
  void what_is_meant_becomes_a_selection(String options, String selection) throws Exception {
    try (ScriptedServer server = new ScriptedServer(ReplayCommandTest::serve)) {
      run("dlq replay " + options + " --dry-run", directory, server);

      assertThat(json(server.requests().getFirst().body()).at("selection"))
          .isEqualTo(json(selection).value());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dlq replay --yes|which dead letters?",
        "dlq replay a --group g --yes|different things",
        "dlq replay --all --step s --yes|different things",
        "dlq replay a|nobody to ask",
        "dlq replay a --yes --follow --wait|leave --wait out",
        "dlq replay a --yes --timeout 5s|--timeout is for",
        "dlq replay a --yes --sample x|--sample",
        "dlq replay a --yes --patch missing.json|no such file"
      })
  void a_mistake_is_told_before_anything_is_sent(String command, String message) {
    try (ScriptedServer server = new ScriptedServer(ReplayCommandTest::serve)) {
      Penstock result = run(command, directory, server);

      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains(message);
      assertThat(server.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[|no JSON",
        "[]|no JSON Patch",
        "[{\"op\":\"add\"}]|no JSON Patch",
        "[7]|no JSON Patch"
      })
  void a_patch_that_is_none_is_told_before_anything_is_sent(String patch, String message) {
    try (ScriptedServer server = new ScriptedServer(ReplayCommandTest::serve)) {
      Penstock result =
          Penstock.run("dlq", "replay", "a", "--yes", "--patch", patch, "--server", server.url());

      assertThat(result.exitCode()).isEqualTo(ExitCode.INVALID);
      assertThat(result.err()).contains(message);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void on_a_terminal_the_plan_is_shown_and_a_yes_replays_the_same() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ReplayCommandTest::serve)) {
      Penstock result = answered("YES", server);

      assertThat(result.err())
          .contains("1,500 dead letters, 495 can be replayed", "Replay 495 dead letters? [y/N]");
      assertThat(result.out()).contains("r-1  sampling", "490 waiting", "group g1");
      assertThat(result.exitCode()).isZero();
      List<Asked> requests = server.requests();
      assertThat(requests).hasSize(2);
      assertThat(requests.get(1).body())
          .isEqualTo(requests.get(0).body().replace("\"dryRun\":true", "\"dryRun\":false"));
    }
  }

  @Test
  void on_a_terminal_anything_else_than_yes_replays_nothing() {
    try (ScriptedServer server = new ScriptedServer(ReplayCommandTest::serve)) {
      Penstock result = answered("what?", server);

      assertThat(result.err()).endsWith("nothing was replayed\n");
      assertThat(result.out()).isEmpty();
      assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void on_a_terminal_nothing_left_is_no_question() {
    String plan =
        "{\"letters\":5,\"replayable\":0,\"refused\":[{\"id\":\"a\",\"why\":\"replaying already\"}]}";
    try (ScriptedServer server = new ScriptedServer(asked -> Said.ok(plan))) {
      Penstock result = answered("y", server);

      assertThat(result.err())
          .contains("nothing is left to replay: replaying already")
          .doesNotContain("[y/N]");
      assertThat(result.exitCode()).isEqualTo(ExitCode.CONFLICT);
    }
  }

  @Test
  void pressed_twice_says_that_nothing_is_left() {
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                Said.of(
                    409,
                    "{\"type\":\"urn:penstock:problem:nothing-to-replay\",\"detail\":\"all 5 are replaying\"}"))) {
      Penstock result = run("dlq replay --group g --yes --follow", directory, server);

      assertThat(result.err())
          .isEqualTo(
              """
              nothing is left to replay: all 5 are replaying
              'penstock dlq replays' shows what is under way
              """);
      assertThat(result.exitCode()).isEqualTo(ExitCode.CONFLICT);
    }
  }

  @Test
  void without_following_it_says_how_to() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ReplayCommandTest::serve)) {
      Penstock result = run("dlq replay --group g1 --yes", directory, server);

      assertThat(result.out())
          .isEqualTo(
              """
              r-1  sampling
              letters   5 of 495 sent: 5 in flight, 490 waiting
              selection group g1
              pace      at most 10/s, sample of 5, stops when 3 fail again
              by        ann: fixed
              begun     2026-11-22T03:10:00Z
              """);
      assertThat(result.err()).contains("penstock dlq replays show r-1 --follow");
      assertThat(json(run("dlq replay a --yes -o json", directory, server).out()).value())
          .isEqualTo(json(REPLAY).value());
    }
  }

  @Test
  void what_has_begun_is_followed_to_its_end() {
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                "POST".equals(asked.method())
                    ? Said.of(201, REPLAY)
                    : Said.ok(
                        REPLAY.replace("sampling", "done").replace("Again\":0", "Again\":2")))) {
      Penstock result = run("dlq replay --group g1 --yes --follow", directory, server);

      assertThat(result.out()).startsWith("replay r-1 done: 5 of 495 sent: 2 failed again");
      assertThat(result.err())
          .contains("Ctrl-C ends only the telling", "penstock dlq replays show r-1 --failed");
      assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
    }
  }

  /** A script must not take a patch that does not fit for a letter that is dealt with. */
  @Test
  void one_of_which_nothing_was_replayed_did_not_go_well() {
    String refused = REPLAY.replace("sampling", "done").replace("\"refused\":0", "\"refused\":495");
    try (ScriptedServer server =
        new ScriptedServer(
            asked -> "POST".equals(asked.method()) ? Said.of(201, REPLAY) : Said.ok(refused))) {
      Penstock result = run("dlq replay --group g1 --yes --wait", directory, server);

      assertThat(result.err()).contains("penstock dlq replays show r-1 --refused");
      assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
    }
  }

  @Test
  void an_answer_that_was_lost_says_where_to_look() {
    try (ScriptedServer server =
        new ScriptedServer(
            asked -> {
              throw new IllegalStateException("the connection breaks");
            })) {
      Penstock result = run("dlq replay --group g1 --yes", directory, server);

      assertThat(result.err()).contains("'penstock dlq replays' says whether it has begun");
      assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
    }
  }

  private static Penstock answered(String answer, ScriptedServer server) {
    CommandLine commandLine = PenstockCli.commandLine();
    ReplayCommand command =
        commandLine.getSubcommands().get("dlq").getSubcommands().get("replay").getCommand();
    command.confirmation = Confirmation.by(() -> answer);
    return Penstock.run(
        commandLine, "dlq", "replay", "--group", "g1", "--by", "ann", "--server", server.url());
  }

  private static Penstock run(String command, Path file, ScriptedServer server) {
    return Penstock.run(
        (command + " --server " + server.url()).replace("FILE", file.toString()).split(" "));
  }

  private static Json json(String text) throws IOException {
    return Json.parse(text.strip().getBytes(StandardCharsets.UTF_8));
  }
}
