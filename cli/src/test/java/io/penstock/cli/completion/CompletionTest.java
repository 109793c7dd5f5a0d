package io.penstock.cli.completion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.cli.Penstock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "penstock exec|executions",
        "penstock em|emit",
        "penstock executions sh|show",
        "penstock executions show --fol|--follow",
        "penstock executions list -o j|json",
        "penstock completion ba|bash"
      })
  void bash_completes_what_was_begun(String begun, String completed) throws Exception {
    assumeTrue(hasBash(), "there is no bash on this machine");

    assertThat(completions(begun)).contains(completed);
  }

  @Test
  void bash_offers_every_verb() throws Exception {
    assumeTrue(hasBash(), "there is no bash on this machine");

    assertThat(completions("penstock "))
        .contains("validate", "apply", "emit", "executions", "completion", "help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void every_shell_gets_a_script_of_all_verbs(String shell) {
    Penstock result = Penstock.run("completion", shell);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("penstock", "validate", "emit", "executions", "follow");
  }

  @Test
  void fish_is_told_at_which_place_a_word_may_stand() {
    assertThat(Penstock.run("completion", "fish").out().lines())
        .contains(
            "complete -c penstock -n '__fish_use_subcommand' -f -a validate -d 'Checks definitions without a server.'",
            "complete -c penstock -n '__fish_seen_subcommand_from executions; and not __fish_seen_subcommand_from list show cancel pause resume replay' -f -a list -d 'Lists executions, the newest first.'",
            "complete -c penstock -n '__fish_seen_subcommand_from executions; and __fish_seen_subcommand_from show' -s f -l follow -d 'Tell what happens from its beginning on, until it has ended.'");
  }

  @Test
  void fish_offers_the_values_that_are_known() {
    assertThat(Penstock.run("completion", "fish").out().lines())
        .anyMatch(
            line ->
                line.contains("from executions; and __fish_seen_subcommand_from list'")
                    && line.contains("-l output -r -f -a 'table json yaml'"))
        .anyMatch(
            line ->
                line.contains("__fish_seen_subcommand_from completion'")
                    && line.contains("-f -a 'bash zsh fish'"))
        .noneMatch(line -> line.contains("%n"));
  }

  /** What Tab would offer behind these words. */
  private String[] completions(String begun) throws IOException, InterruptedException {
    Path script = directory.resolve("completion.bash");
    Files.writeString(script, Penstock.run("completion", "bash").out());
    String[] words = begun.split(" ", -1);
    String ask =
        """
        set -e
        source '%s'
        COMP_WORDS=(%s)
        COMP_CWORD=%d
        COMP_LINE='%s'
        COMP_POINT=${#COMP_LINE}
        complete -p penstock | grep -q -- '-F _complete_penstock'
        _complete_penstock || true
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(
                script,
                String.join(" ", Arrays.stream(words).map(word -> "'" + word + "'").toList()),
                words.length - 1,
                begun);
    Process bash =
        new ProcessBuilder("bash", "--norc", "--noprofile", "-c", ask)
            .redirectErrorStream(true)
            .start();
    String out = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).as(out).isZero();
    return Arrays.stream(out.split("\\s+")).map(String::strip).toArray(String[]::new);
  }

  private static boolean hasBash() {
    try {
      return new ProcessBuilder("bash", "-c", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
