package io.penstock.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.Penstock;
import io.penstock.cli.ScriptedServer;
import io.penstock.cli.ScriptedServer.Asked;
import io.penstock.cli.ScriptedServer.Said;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutionControlsTest {
  /** Paused once before by the same person for the same reason: that is not this time. */
  private static final String PAST =
      record(1, "PAUSED", "{\"type\":\"executionPaused\",\"by\":\"ann\",\"reason\":\"why\"}");

  private final AtomicReference<Json> controls = new AtomicReference<>();

  private static String record(long sequence, String status, String fact) {
    return "{\"sequence\":%d,\"status\":\"%s\",\"facts\":[%s]}".formatted(sequence, status, fact);
  }

  private static Said page(String status, long next, boolean more, String... records) {
    return Said.ok(
        "{\"status\":\"%s\",\"records\":[%s],\"next\":%d,\"more\":%b}"
            .formatted(status, String.join(",", records), next, more));
  }

  /** A server that takes controls and whose history then has this fact; ID is the control's. */
  private ScriptedServer server(String status, String fact) {
    return new ScriptedServer(
        asked -> {
          if ("/controls".equals(asked.target())) {
            take(asked);
            return Said.of(202, "{\"accepted\":1}");
          }
          boolean fromTheStart = !asked.target().contains("after=");
          Json taken = controls.get();
          if (fromTheStart) {
            return page("PAUSED", 1, true, PAST);
          }
          return taken == null || !asked.target().contains("after=1&")
              ? page("PAUSED", 1, false)
              : page(status, 2, false, record(2, status, fact.replace("ID", id(taken))));
        });
  }

  private void take(Asked asked) {
    try {
      controls.set(Json.parse(asked.body().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String id(Json controls) {
    return control(controls, 0).at("id").toString();
  }

  private static Json control(Json controls, int index) {
    return Json.of(((List<?>) controls.at("controls")).get(index));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cancel|cancel|executionCancelled|CANCELLED",
        "pause|pause|executionPaused|PAUSED",
        "resume|resume|executionResumed|RUNNING",
        "compensate|compensate|compensationStarted|COMPENSATING",
        "replay|replay|stepReopened|RUNNING",
        "retry-compensation|retry_compensation|stepReopened|COMPENSATING",
        "skip-compensation|skip_compensation|stepCompensated|COMPENSATED",
        "mark-compensated|mark_compensated|stepCompensated|COMPENSATED"
      })
  void each_verb_is_sent_and_waited_for(String word, String verb, String fact, String status) {
    String inHistory = "{\"type\":\"%s\",\"by\":\"ann\",\"reason\":\"why\"}".formatted(fact);
    try (ScriptedServer server = server(status, inHistory)) {
      Penstock result = run("executions " + word + " lead~k1 --by ann --reason why", server);

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out()).isEqualTo("lead~k1  done  " + status + "\n");
      Json sent = control(controls.get(), 0);
      assertThat(sent.at("execution")).isEqualTo("lead~k1");
      assertThat(sent.at("verb")).isEqualTo(verb);
      assertThat(sent.at("by")).isEqualTo("ann");
      assertThat(sent.at("reason")).isEqualTo("why");
      assertThat(sent.at("path")).isNull();
    }
  }

  @Test
  void one_that_does_not_fit_is_told_with_the_reason() {
    String ignored =
        "{\"type\":\"inputIgnored\",\"reason\":\"NOT_APPLICABLE\",\"input\":\"resume ID\"}";
    try (ScriptedServer server = server("COMPLETED", ignored)) {
      Penstock result = run("executions resume lead~k1", server);

      assertThat(result.exitCode()).isEqualTo(ExitCode.CONFLICT);
      assertThat(result.out())
          .isEqualTo(
              "lead~k1  ignored  COMPLETED  resume does not apply to one that is COMPLETED\n");
    }
  }

  @Test
  void what_history_says_of_the_reason_is_told_as_it_is() {
    String ignored =
        "{\"type\":\"inputIgnored\",\"reason\":\"NOT_APPLICABLE\",\"input\":\"retry_compensation ID\","
            + "\"why\":\"step 'a' is not dead \\u001b[2J\"}";
    try (ScriptedServer server = server("RUNNING", ignored)) {
      assertThat(run("executions retry-compensation lead~k1 --path a", server).out())
          .isEqualTo("lead~k1  ignored  RUNNING  step 'a' is not dead \\u001b[2J\n");
    }
  }

  @Test
  void that_it_came_twice_does_not_count_as_ignored() {
    String twice =
        "{\"type\":\"inputIgnored\",\"reason\":\"DUPLICATE_CONTROL\",\"input\":\"pause ID\"}";
    try (ScriptedServer server = server("PAUSED", twice)) {
      Penstock result = run("executions pause lead~k1 --timeout 500ms", server);

      assertThat(result.exitCode()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(result.out()).contains("late", "it is accepted");
    }
  }

  @Test
  void the_step_whose_compensation_is_meant_is_handed_on_and_programs_get_json() throws Exception {
    String ignored =
        "{\"type\":\"inputIgnored\",\"reason\":\"NOT_APPLICABLE\",\"input\":\"skip_compensation ID\"}";
    try (ScriptedServer server = server("RUNNING", ignored)) {
      Penstock result =
          run("executions skip-compensation lead~k1 --path a/0/b --by ann -o json", server);

      Json sent = control(controls.get(), 0);
      assertThat(sent.at("path")).isEqualTo("a/0/b");
      Json printed = control(Json.parse(result.out().getBytes(StandardCharsets.UTF_8)), 0);
      assertThat(printed.at("result")).isEqualTo("ignored");
      assertThat(printed.at("why")).isEqualTo("skip compensation does not apply to step a/0/b");
      assertThat(printed.at("id")).isEqualTo(sent.at("id"));
    }
  }

  @Test
  void an_execution_that_is_not_known_keeps_the_others_from_being_sent() {
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                asked.target().contains("nobody")
                    ? Said.of(404, "{\"detail\":\"no execution 'lead~nobody'\"}")
                    : page("RUNNING", 1, false, PAST))) {
      Penstock result = run("executions cancel lead~k1 lead~nobody", server);

      assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
      assertThat(result.err())
          .contains("cannot cancel execution 'lead~nobody': no execution 'lead~nobody'");
      assertThat(server.requests()).noneMatch(asked -> asked.method().equals("POST"));
    }
  }

  @Test
  void without_waiting_nothing_is_looked_up_and_many_go_in_parts() {
    try (ScriptedServer server = new ScriptedServer(asked -> Said.of(202, "{\"accepted\":500}"))) {
      String ids = String.join(" ", IntStream.range(0, 1_201).mapToObj(i -> "lead~" + i).toList());
      Penstock result = run("executions cancel --no-wait " + ids, server);

      assertThat(result.exitCode()).isZero();
      assertThat(result.out().lines()).hasSize(1_201).contains("lead~1200  accepted");
      assertThat(server.requests()).hasSize(3).allMatch(asked -> asked.method().equals("POST"));
    }
  }

  @Test
  void what_may_have_arrived_is_sent_again_with_the_same_ids() {
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                asked.count() == 0
                    ? new Said(503, "{\"detail\":\"Kafka away\"}", Map.of("Retry-After", "0"))
                    : Said.of(202, "{\"accepted\":1}"))) {
      Penstock result = run("executions cancel --no-wait lead~k1", server);

      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).contains("cancel of 1 execution is sent again: Kafka away");
      assertThat(server.requests().stream().map(Asked::body).distinct()).hasSize(1);
      assertThat(server.requests()).hasSize(2);
    }
  }

  private static Penstock run(String command, ScriptedServer server) {
    return Penstock.run(
        Stream.concat(Arrays.stream(command.split(" ")), Stream.of("--server", server.url()))
            .toArray(String[]::new));
  }
}
