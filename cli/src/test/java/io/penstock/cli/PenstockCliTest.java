package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
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
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .contains("penstock apply -f workflows/", "executions", "5   definitions or an event");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_says_what_it_is_for_with_examples_exit_codes_and_environment(String command) {
    Penstock help = Penstock.run((command + " --help").split(" "));

    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains("Examples:", "penstock " + command, "Exit codes:", "6   not within the time")
        .contains("Environment:", "NO_COLOR");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_that_asks_a_server_names_the_variable_with_its_address(String command) {
    String help = Penstock.run((command + " --help").split(" ")).out();

    assertThat(help.contains("PENSTOCK_SERVER"))
        .isEqualTo(help.contains("--server=URL") || help.contains("Commands:"));
  }

  /** All of them, so that a new one is not forgotten. */
  static List<String> commands() {
    List<String> found = new ArrayList<>();
    collect(PenstockCli.commandLine(), "", found);
    return found;
  }

  private static void collect(CommandLine command, String words, List<String> found) {
    command
        .getSubcommands()
        .forEach(
            (word, sub) -> {
              if (!"help".equals(word)) {
                found.add((words + " " + word).strip());
                collect(sub, words + " " + word, found);
              }
            });
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
