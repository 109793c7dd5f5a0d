package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ScriptedServer.Said;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts rely on: what each code means, on every command that can end with it. */
class ExitCodesTest {
  private static final String EMIT = "emit --source /shop --type order.paid --id s-1 ";

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0} answered {1} ends with {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "executions list|200|{\"executions\":[]}|0",
        "apply -f DIR|200|{\"definitions\":[],\"waitingFor\":[]}|0",
        EMIT + "|202|{\"events\":[{\"id\":\"s-1\",\"executions\":[]}]}|0",
        "executions list|200|<html>|1",
        "executions list|500|{\"detail\":\"a fault\"}|1",
        "executions show x|503|{\"detail\":\"database away\",\"retry\":true}|1",
        "apply -f DIR|403|{\"detail\":\"only local\"}|1",
        EMIT + "|403|{\"detail\":\"only local\"}|1",
        "executions list|400|{\"detail\":\"status is 'DONE'\"}|2",
        EMIT + "|400|{\"detail\":\"attribute 'time'\"}|2",
        "executions show x|404|{\"detail\":\"no execution 'x'\"}|3",
        "executions show x --follow|404|{\"detail\":\"no execution 'x'\"}|3",
        "apply -f DIR|409|{\"detail\":\"immutable\"}|4",
        "apply -f DIR|422|{\"detail\":\"1 problem(s)\"}|5",
        EMIT + "|422|{\"detail\":\"does not fit\"}|5",
        EMIT + "|413|{\"detail\":\"too large\"}|5",
        "apply -f DIR|202|{\"definitions\":[],\"waitingFor\":[\"orchestrator\"]}|6",
        EMIT + "--timeout 300ms|503|{\"detail\":\"starting\",\"retry\":true}|6",
        "executions show x --follow --timeout 300ms|200|{\"status\":\"RUNNING\",\"records\":[]}|6",
        "dlq list|200|{\"deadLetters\":[]}|0",
        "dlq replay x --yes|409|{\"type\":\"urn:penstock:problem:nothing-to-replay\",\"detail\":\"none is open\"}|4",
        "dlq replays show r --follow --timeout 300ms|503|{\"detail\":\"away\",\"retry\":true}|6",
        "executions cancel x --no-wait --timeout 300ms|503|{\"detail\":\"away\",\"retry\":true}|6",
        "executions show x --follow --timeout 300ms|503|{\"detail\":\"away\",\"retry\":true}|6"
      })
  void an_answer_has_its_exit_code(String command, int status, String body, int exitCode)
      throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "kind: Api\n");
    try (ScriptedServer server = new ScriptedServer(asked -> Said.of(status, body))) {
      Penstock result = run(command + " --server " + server.url());

      assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
      if (exitCode != ExitCode.OK) {
        assertThat(result.out()).as("stdout is for data").isEmpty();
        assertThat(result.err()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "validate DIR/missing.yaml|2",
        "validate|2",
        "apply -f DIR/missing.yaml|2",
        "emit|2",
        "emit --source /shop|2",
        "emit --source /shop --type a DIR/events.json|2",
        "emit DIR/missing.json|2",
        "emit DIR/bad.json|5",
        "emit --source /shop --type a --data {|5",
        "emit --source /shop --type a --wait --follow|2",
        "executions|2",
        "executions show|2",
        "executions cancel|2",
        "dlq|2",
        "dlq replay|2",
        "dlq replay x|2",
        "dlq discard x|2",
        "completion|2",
        "executions list -o xml|2",
        "completion tcsh|2",
        "validate DIR/bad.yaml|5"
      })
  void a_mistake_of_the_caller_has_its_exit_code_without_a_server(String command, int exitCode)
      throws IOException {
    Files.writeString(directory.resolve("bad.json"), "{\"source\":");
    Files.writeString(directory.resolve("bad.yaml"), "kind: Api\nname: 7 7\n");

    Penstock result = run(command);

    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isNotEmpty();
  }

  @Test
  void every_code_is_in_the_help_and_in_the_documents() throws Exception {
    List<Integer> codes = new ArrayList<>();
    for (var field : ExitCode.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        codes.add(field.getInt(null));
      }
    }
    String help = Penstock.run("--help").out();
    String documents = Files.readString(Path.of("..", "docs", "command-line.md"));

    assertThat(codes).containsExactly(0, 1, 2, 3, 4, 5, 6);
    for (int code : codes) {
      assertThat(help).containsPattern("(?m)^  " + code + "   \\w");
      assertThat(documents).contains("\n| " + code + " |");
    }
  }

  private Penstock run(String command) {
    return Penstock.run(
        Arrays.stream(command.replace("DIR", directory.toString()).split(" "))
            .filter(word -> !word.isEmpty())
            .toArray(String[]::new));
  }
}
