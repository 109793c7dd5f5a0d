package io.penstock.cli.completion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.cli.FakeServer;
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
        "penstock completion ba|bash",
        "penstock dlq rep|replays",
        "penstock dlq replay --dr|--dry-run",
        "penstock dlq replays pa|pause",
        "penstock executions ca|cancel"
      })
  void bash_completes_what_was_begun(String begun, String completed) throws Exception {
    assumeTrue(hasBash(), "there is no bash on this machine");

    assertThat(completions(begun)).contains(completed);
  }

  @Test
  void bash_offers_every_verb() throws Exception {
    assumeTrue(hasBash(), "there is no bash on this machine");

    assertThat(completions("penstock "))
        .contains("validate", "apply", "emit", "executions", "dlq", "completion", "help");
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
            "complete -c penstock -n '__fish_seen_subcommand_from executions; and not __fish_seen_subcommand_from list show cancel pause resume replay compensate retry-compensation skip-compensation mark-compensated' -f -a list -d 'Lists executions, the newest first.'",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'penstock executions show '|ASKED-executions",
        "penstock executions cancel lead~k1 ASK|ASKED-executions",
        "'penstock dlq show '|ASKED-letters",
        "'penstock dlq replay --group '|ASKED-groups",
        "penstock dlq replay ASK|ASKED-letters",
        "'penstock dlq replays show '|ASKED-replays"
      })
  void bash_asks_the_server_where_an_id_belongs(String begun, String completed) throws Exception {
    assumeTrue(hasBash(), "there is no bash on this machine");

    assertThat(completions(begun, "_complete_penstock_with_ids")).contains(completed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "penstock executions sho",
        "penstock dlq replay --",
        "penstock dlq show --server http://127.0.0.1:1 ",
        "penstock dlq replay --rate "
      })
  void bash_does_not_ask_elsewhere(String begun) throws Exception {
    assumeTrue(hasBash(), "there is no bash on this machine");

    assertThat(completions(begun, "_complete_penstock_with_ids"))
        .noneMatch(word -> word.startsWith("ASKED"));
  }

  @Test
  void fish_asks_the_server_where_an_id_belongs() {
    assertThat(Penstock.run("completion", "fish").out().lines())
        .anyMatch(
            line ->
                line.contains("from dlq; and __fish_seen_subcommand_from show'")
                    && line.contains("penstock completion --ids letters 2>/dev/null)"))
        .anyMatch(
            line ->
                line.contains("from replay'")
                    && line.contains("-l group -r -f -a '(")
                    && line.contains("--ids groups"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "executions|/api/executions|{\"executions\":[{\"id\":\"lead~k1\"}]}|lead~k1",
        "letters|/api/dead-letters|{\"deadLetters\":[{\"id\":\"inputs-3-1\"}]}|inputs-3-1",
        "groups|/api/dead-letters/groups|{\"groups\":[{\"group\":\"1a2b\"}]}|1a2b",
        "replays|/api/replays|{\"replays\":[{\"id\":\"r-1\"}]}|r-1"
      })
  void ids_come_from_the_server(String kind, String path, String answer, String id) {
    try (FakeServer server = new FakeServer(200, answer)) {
      Penstock result = Penstock.run("completion", "--ids", kind, "--server", server.url());

      assertThat(result.out()).isEqualTo(id + "\n");
      assertThat(server.requests()).containsExactly("GET " + path + "?limit=50");
    }
  }

  @Test
  void an_id_that_a_shell_would_expand_is_not_offered() {
    String hostile =
        "{\"groups\":[{\"group\":\"$(touch x)\"},{\"group\":\"`x`\"},{\"group\":\"-rf\"},"
            + "{\"group\":\"a b\"},{\"group\":\"\\u001b[2J\"},{\"group\":\"*\"},{\"group\":\"ok-1\"}]}";
    try (FakeServer server = new FakeServer(200, hostile)) {
      assertThat(Penstock.run("completion", "--ids", "groups", "--server", server.url()).out())
          .isEqualTo("ok-1\n");
    }
  }

  private String[] completions(String begun) throws IOException, InterruptedException {
    return completions(begun, "_complete_penstock");
  }

  /** What Tab would offer behind these words; a server would be asked by a stand-in. */
  private String[] completions(String begun, String function)
      throws IOException, InterruptedException {
    Path script = directory.resolve("completion.bash");
    Files.writeString(script, Penstock.run("completion", "bash").out());
    String[] words = begun.split(" ", -1);
    String ask =
        """
        set -e
        source '%s'
        penstock() { echo "ASKED-$3"; }
        COMP_WORDS=(%s)
        COMP_CWORD=%d
        COMP_LINE='%s'
        COMP_POINT=${#COMP_LINE}
        complete -p penstock | grep -q -- '-F _complete_penstock'
        %s || true
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(
                script,
                String.join(" ", Arrays.stream(words).map(word -> "'" + word + "'").toList()),
                words.length - 1,
                begun,
                function);
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
