package io.penstock.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SoakCommandTest {
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new SoakCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "--hours=0, more than 0",
    "--hours=-1, more than 0",
    "--rate=0, 1 to 200",
    "--rate=201, 1 to 200",
    "--figures=0, 1 to 100",
    "--faults=flood, freeze"
  })
  void what_cannot_be_is_refused_with_what_could(String option, String accepted) {
    assertThat(run(option)).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).containsIgnoringCase(accepted);
  }

  @Test
  void help_says_what_it_proves_and_how_to_start() {
    assertThat(new CommandLine(new SoakCommand()).setUsageHelpWidth(100).getUsageMessage())
        .contains("account for every event", "penstock soak --hours 8", "Exit code");
  }
}
