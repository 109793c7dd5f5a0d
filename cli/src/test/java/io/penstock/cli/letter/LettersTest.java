package io.penstock.cli.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.FakeServer;
import io.penstock.cli.Penstock;
import io.penstock.cli.PenstockCli;
import io.penstock.cli.ScriptedServer;
import io.penstock.cli.ScriptedServer.Said;
import io.penstock.cli.terminal.Confirmation;
import io.penstock.schema.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LettersTest {
  private static final String LETTER =
      """
      {"id":"enrich-0-17","at":"2026-11-22T03:00:00Z","kind":"step","status":"open",
       "topic":"penstock.steps.enrich","reason":"runtime","cause":"422: \\u001b[2J no amount",
       "execution":"order~k1","path":"charge","workflow":"order","version":"1.0.0","step":"charge",
       "errorType":"runtime","attempt":3,"group":"1a2b3c4d5e6f7081","costMicroUsd":1250,"size":240,
       "replays":1""";

  @Test
  void the_list_shows_what_each_failed_of_and_how_to_go_on() {
    try (FakeServer server =
        new FakeServer(200, "{\"deadLetters\":[" + LETTER + "}],\"next\":\"MTc2\"}")) {
      Penstock result = run("dlq list", server.url());

      assertThat(result.out())
          .isEqualTo(
              """
              ID           AT                    STATUS  EXECUTION  STEP    ERROR    CAUSE
              enrich-0-17  2026-11-22T03:00:00Z  open    order~k1   charge  runtime  422: \\u001b[2J no amount
              """);
      assertThat(result.err()).isEqualTo("there are more: --after MTc2\n");
      assertThat(server.requests()).containsExactly("GET /api/dead-letters?limit=20");
    }
  }

  @Test
  void every_filter_is_a_parameter() {
    try (FakeServer server = new FakeServer(200, "{\"deadLetters\":[]}")) {
      Penstock result =
          run(
              "dlq list --group g1 --workflow order --workflow-version 1.0.0 --step charge"
                  + " --error runtime --kind STEP --status Parked --text no&amount"
                  + " --since 2026-11-22T02:00:00Z --until 2026-11-22T03:00:00Z --limit 200 --after p",
              server.url());

      assertThat(server.requests())
          .containsExactly(
              "GET /api/dead-letters?workflow=order&version=1.0.0&step=charge&errorType=runtime"
                  + "&group=g1&kind=step&status=parked&text=no%26amount"
                  + "&from=2026-11-22T02%3A00%3A00Z&until=2026-11-22T03%3A00%3A00Z&limit=200&after=p");
      assertThat(result.err()).isEqualTo("no dead letters\n");
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void a_time_that_is_none_is_told_before_the_server_is_asked() {
    Penstock result = Penstock.run("dlq", "list", "--since", "yesterday");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("--since is 'yesterday'", "24h");
  }

  @Test
  void groups_tell_how_much_fails_of_what_since_when() {
    String group =
        """
        {"groups":[{"group":"1a2b3c4d5e6f7081","kind":"step","workflow":"order","version":"1.0.0",
         "step":"charge","errorType":"runtime","message":"422: no # in \\u001b]0;x",
         "firstSeen":"2026-11-22T02:00:00Z","lastSeen":"2026-11-22T03:00:00Z","open":495,
         "total":500,"costMicroUsd":125000,"oldestOpen":"2026-11-22T02:00:01Z"}]}""";
    try (FakeServer server = new FakeServer(200, group)) {
      Penstock result = run("dlq groups --workflow order --all", server.url());

      assertThat(result.out())
          .isEqualTo(
              """
              GROUP             OPEN  TOTAL  WORKFLOW     STEP    ERROR    FIRST SEEN            LAST SEEN             COST    MESSAGE
              1a2b3c4d5e6f7081  495   500    order 1.0.0  charge  runtime  2026-11-22T02:00:00Z  2026-11-22T03:00:00Z  $0.125  422: no # in \\u001b]0;x
              """);
      assertThat(result.err()).isEqualTo("next: penstock dlq list --group 1a2b3c4d5e6f7081\n");
      assertThat(server.requests())
          .containsExactly("GET /api/dead-letters/groups?workflow=order&status=all&limit=20");
    }
  }

  @Test
  void a_group_of_records_that_nobody_could_read_is_named_by_its_topic() {
    String group =
        "{\"groups\":[{\"group\":\"a\",\"kind\":\"record\",\"topic\":\"penstock.inputs\","
            + "\"reason\":\"unreadable\",\"message\":\"no JSON\",\"open\":1,\"total\":1}]}";
    try (FakeServer server = new FakeServer(200, group)) {
      assertThat(run("dlq groups", server.url()).out().lines().toList().getLast().split(" +"))
          .containsExactly("a", "1", "1", "penstock.inputs", "unreadable", "no", "JSON");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups", "export", "lead~1", "enrich-0"})
  void what_is_no_letter_is_not_asked_for(String id) {
    Penstock result = run("dlq show " + id, "http://127.0.0.1:1");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'" + id + "' is no dead letter's id, such as enrich-0-17");
  }

  @Test
  void one_letter_is_shown_with_all_that_it_holds() {
    String letter =
        LETTER
            + """
            ,"key":"k1","value":"{\\"amount\\":null}","headers":[{"name":"ce_type","value":"x\\ny"},
             {"name":"trace","valueBase64":"AP8="}],
             "discarded":[{"at":"2026-11-22T03:20:00Z","by":"ann","reason":"\\u001b[2J test"}],
             "attempts":[{"attempt":1,"outcome":"failed","durationMs":250,
              "error":{"type":"runtime","message":"422"}}]}""";
    try (FakeServer server = new FakeServer(200, letter)) {
      Penstock result = run("dlq show enrich-0-17", server.url());

      assertThat(result.out())
          .isEqualTo(
              """
              enrich-0-17  open
              since     2026-11-22T03:00:00Z
              reason    runtime
              cause     422: \\u001b[2J no amount
              execution order~k1
              workflow  order 1.0.0
              step      charge
              group     1a2b3c4d5e6f7081
              topic     penstock.steps.enrich
              size      240 bytes
              cost      $0.00125
              replays   1
              discarded 2026-11-22T03:20:00Z by ann: \\u001b[2J test
              key       k1

                  attempt 1  failed  250 ms  runtime: 422

              headers
                  ce_type  x\\ny
                  trace    base64 AP8=

              value
                  {"amount":null}
              """);
      assertThat(result.err())
          .contains("penstock executions show order~k1", "dlq replay enrich-0-17 --dry-run");
    }
  }

  @Test
  void a_huge_value_is_cut_for_people_and_whole_for_programs() throws Exception {
    String letter = LETTER + ",\"value\":\"" + "x".repeat(200_000) + "\",\"truncated\":true}";
    try (FakeServer server = new FakeServer(200, letter)) {
      assertThat(run("dlq show enrich-0-17", server.url()).out())
          .hasSizeLessThan(6_000)
          .contains("value, its first part", "… (200000 characters; -o json)");
      String json = run("dlq show enrich-0-17 -o json", server.url()).out();
      assertThat(parsed(json).value()).isEqualTo(parsed(letter).value());
    }
  }

  @Test
  void an_export_goes_through_line_by_line_however_long_it_is() {
    int letters = 20_000;
    String lines =
        Stream.iterate(0, i -> i + 1)
            .limit(letters)
            .map(i -> "{\"id\":\"enrich-0-" + i + "\",\"value\":\"e30=\",\"cause\":\"\u202e\"}\n")
            .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
            .toString();
    try (FakeServer server = new FakeServer(200, lines)) {
      Penstock result = run("dlq export --status discarded", server.url());

      assertThat(result.out().lines()).hasSize(letters).allMatch(line -> line.contains("\\u202e"));
      assertThat(result.out()).doesNotContain("\u202e");
      assertThat(result.err()).isEqualTo("exported 20,000 dead letters\n");
      assertThat(server.requests())
          .containsExactly("GET /api/dead-letters/export?status=discarded");
    }
  }

  @Test
  void an_export_that_breaks_off_is_no_success() {
    try (FakeServer server = new FakeServer(200, "{\"id\":\"a\"}\n{\"id\":\"b\",\"val")) {
      Penstock result = run("dlq export", server.url());

      assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
      assertThat(result.out()).isEqualTo("{\"id\":\"a\"}\n");
      assertThat(result.err()).contains("behind the first 1").doesNotContain("exported");
    }
  }

  @Test
  void what_is_discarded_is_signed() throws Exception {
    try (ScriptedServer server = new ScriptedServer(asked -> Said.ok("{\"discarded\":2}"))) {
      Penstock result = run("dlq discard a b a --by ann --reason test --yes", server.url());

      assertThat(result.out()).isEqualTo("discarded 2 dead letters\n");
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().getFirst().target()).isEqualTo("/api/dead-letters/discard");
      assertThat(parsed(server.requests().getFirst().body()).value())
          .isEqualTo(
              parsed("{\"selection\":{\"ids\":[\"a\",\"b\"]},\"by\":\"ann\",\"reason\":\"test\"}")
                  .value());
    }
  }

  @Test
  void discarded_twice_says_that_nothing_is_left() {
    try (FakeServer server = new FakeServer(200, "{\"discarded\":0}")) {
      Penstock result = run("dlq discard --group g --yes", server.url());

      assertThat(result.out()).isEqualTo("nothing is left to discard: none of these is open\n");
      assertThat(result.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "", "nope", "END"})
  void only_a_yes_discards(String answer) {
    try (FakeServer server = new FakeServer(200, "{\"discarded\":2}")) {
      CommandLine commandLine = PenstockCli.commandLine();
      List<String> answers = new ArrayList<>(List.of(answer));
      discard(commandLine).confirmation =
          Confirmation.by(() -> "END".equals(answer) ? null : answers.removeFirst());
      Penstock result =
          Penstock.run(commandLine, "dlq", "discard", "--group", "g", "--server", server.url());

      assertThat(server.requests()).isEmpty();
      assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
      assertThat(result.err())
          .contains("Discard the dead letters with group g?", "nothing was discarded");
    }
  }

  @Test
  void where_nobody_can_be_asked_yes_has_to_be_written() {
    try (FakeServer server = new FakeServer(200, "{\"discarded\":2}")) {
      Penstock result = run("dlq discard --group g", server.url());

      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains("nobody to ask", "--yes");
      assertThat(server.requests()).isEmpty();
    }
  }

  private static DiscardCommand discard(CommandLine commandLine) {
    return commandLine.getSubcommands().get("dlq").getSubcommands().get("discard").getCommand();
  }

  private static Json parsed(String json) throws Exception {
    return Json.parse(json.strip().getBytes(StandardCharsets.UTF_8));
  }

  private static Penstock run(String command, String url) {
    return Penstock.run(
        Stream.concat(Arrays.stream(command.split(" ")), Stream.of("--server", url))
            .toArray(String[]::new));
  }
}
