package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ScriptedServer.Said;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the commands about dead letters, replays and controls make of answers they do not like. */
class ErrorAnswersTest {
  private static final List<String> COMMANDS =
      List.of(
          "dlq list",
          "dlq groups",
          "dlq show enrich-0-1",
          "dlq export",
          "dlq discard x --yes",
          "dlq replay x --dry-run",
          "dlq replay x --yes",
          "dlq replays",
          "dlq replays list",
          "dlq replays show x",
          "dlq replays show x --failed",
          "dlq replays show x --audit",
          "dlq replays show x --follow",
          "dlq replays pause x",
          "dlq replays resume x",
          "dlq replays cancel x",
          "executions cancel x",
          "executions pause x --no-wait",
          "executions mark-compensated x --path a/0/b",
          "completion --ids groups");

  static Stream<Arguments> commandsAndAnswers() {
    return COMMANDS.stream()
        .flatMap(
            command ->
                Stream.of(
                    Arguments.of(command, 404, "{\"detail\":\"no 'x' here\"}", 3),
                    Arguments.of(command, 409, "{\"detail\":\"it has ended\"}", 4),
                    Arguments.of(command, 422, "{\"detail\":\"rate is 'x'\"}", 5),
                    Arguments.of(command, 500, "{\"detail\":\"a fault\"}", 1),
                    Arguments.of(command, 403, "{\"detail\":\"only local\"}", 1),
                    Arguments.of(command, 200, "<html>a proxy</html>", 1),
                    Arguments.of(command, 200, "[1,2]", 1),
                    Arguments.of(command, 200, "{\"unexpected\":\"\u001b[2J\"}", 1)));
  }

  @ParameterizedTest(name = "{0} answered {1} {2}")
  @MethodSource("commandsAndAnswers")
  void each_has_its_exit_code_and_a_message_and_no_data(
      String command, int status, String body, int exitCode) {
    try (ScriptedServer server = new ScriptedServer(asked -> Said.of(status, body))) {
      Penstock result = run(command, server.url());

      assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).isNotEmpty().doesNotContain("\u001b", "a fault in penstock itself");
    }
  }

  static Stream<String> commands() {
    return COMMANDS.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_server_that_is_not_ready_is_not_waited_for_longer_than_was_said(String command) {
    boolean waits = command.contains("--follow") || command.startsWith("executions");
    try (ScriptedServer server =
        new ScriptedServer(asked -> Said.of(503, "{\"detail\":\"database away\"}"))) {
      Penstock result = run(waits ? command + " --timeout 300ms" : command, server.url());

      assertThat(result.exitCode()).as(result.err()).isIn(ExitCode.SOFTWARE, ExitCode.TIMEOUT);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).containsAnyOf("database away", "HTTP 503");
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void nobody_there_is_said_at_once_with_what_to_do(String command) {
    ScriptedServer gone = new ScriptedServer(asked -> Said.ok("{}"));
    gone.close();

    boolean waits = command.contains("--follow");
    Penstock result = run(waits ? command + " --timeout 300ms" : command, gone.url());

    assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
    assertThat(result.err()).contains("no server answers at", "penstock dev", "--server");
  }

  private static Penstock run(String command, String url) {
    return Penstock.run((command + " --server " + url).split(" "));
  }
}
