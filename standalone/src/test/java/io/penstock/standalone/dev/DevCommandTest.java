package io.penstock.standalone.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.PenstockCli;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends before anything is started. */
class DevCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"validate", "dev --definitions"})
  void a_folder_that_is_not_there_or_is_empty_is_a_mistake_of_the_caller(String command) {
    assertThat(exitCode(command, folder.resolve("nodir"))).isEqualTo(ExitCode.USAGE);
    assertThat(exitCode(command, folder)).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void nothing_was_started_for_it() {
    exitCode("dev --data " + folder.resolve("data") + " --definitions", folder.resolve("nodir"));

    assertThat(folder.resolve("data")).doesNotExist();
  }

  private static int exitCode(String command, Path definitions) {
    return PenstockCli.commandLine(new DevCommand())
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(new StringWriter()))
        .execute((command + " " + definitions).split(" "));
  }
}
