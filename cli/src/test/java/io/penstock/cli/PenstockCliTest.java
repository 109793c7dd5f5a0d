package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class PenstockCliTest {
  @Command(name = "dev", description = "Starts a server.")
  private static final class Dev implements Runnable {
    @Override
    public void run() {
      throw new CliException(ExitCode.CONFLICT, "the port is taken");
    }
  }

  @Test
  void help_teaches_with_examples_and_names_the_exit_codes() {
    Penstock help = Penstock.run("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains("penstock apply -f workflows/", "executions", "definitions have problems");
  }

  @ParameterizedTest
  @ValueSource(strings = {"validate", "apply", "executions list", "executions show"})
  void every_command_has_help_with_an_example(String command) {
    String[] args = (command + " --help").split(" ");

    Penstock help = Penstock.run(args);

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Examples:", "  penstock " + command);
  }

  @Test
  void the_version_is_that_of_the_build() {
    assertThat(Penstock.run("--version").out()).matches("penstock \\d+\\.\\d+\\.\\d+.*\\R");
  }

  @Test
  void a_misspelt_command_is_told_what_was_probably_meant() {
    Penstock misspelt = Penstock.run("aply");

    assertThat(misspelt.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(misspelt.out()).isEmpty();
    assertThat(misspelt.err()).contains("aply", "apply", "penstock --help");
  }

  @Test
  void no_command_at_all_is_a_mistake() {
    Penstock nothing = Penstock.run();

    assertThat(nothing.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(nothing.err()).contains("penstock --help");
  }

  @Test
  void commands_of_others_join_in_and_end_with_our_codes() {
    Penstock dev = Penstock.run(PenstockCli.commandLine(new Dev()), "dev");

    assertThat(dev.exitCode()).isEqualTo(ExitCode.CONFLICT);
    assertThat(dev.err()).isEqualTo("the port is taken\n");
    assertThat(Penstock.run(PenstockCli.commandLine(new Dev()), "--help").out())
        .contains("Starts a server.");
  }
}
