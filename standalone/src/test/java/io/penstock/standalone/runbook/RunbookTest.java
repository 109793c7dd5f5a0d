package io.penstock.standalone.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.penstock.cli.PenstockCli;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** That the runbook's commands exist, without a server; {@link RunbookIT} runs them. */
class RunbookTest {
  private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");

  static List<String> commands() throws IOException {
    List<String> commands =
        Runbook.section(RunbookIT.SECTION).stream().map(Runbook.Command::text).toList();
    assertThat(commands).as("of the runbook").hasSizeGreaterThan(10);
    return commands;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_is_understood(String command) {
    String[] words =
        WORD.matcher(command.replaceAll(" > \\S+$", ""))
            .results()
            .map(word -> word.group().replace("'", ""))
            .toArray(String[]::new);
    CommandLine commandLine = PenstockCli.commandLine();

    assertThat(words[0]).isEqualTo("penstock");
    assertThatCode(() -> commandLine.parseArgs(Arrays.copyOfRange(words, 1, words.length)))
        .doesNotThrowAnyException();
  }
}
