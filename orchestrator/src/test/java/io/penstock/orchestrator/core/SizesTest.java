package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.Defined.route;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.toOutput;
import static io.penstock.orchestrator.core.Defined.withOutput;
import static io.penstock.orchestrator.core.Defined.workflow;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.completedWith;
import static io.penstock.orchestrator.core.ExpectedFact.errorCaught;
import static io.penstock.orchestrator.core.ExpectedFact.executionStartedWith;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.startedWith;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.ErrorType.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.IgnoredReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too large is refused, with its size, before the broker would refuse it. */
class SizesTest {
  private static final int OUTPUT_LIMIT = 256 * 1024;
  private static final int CONTEXT_LIMIT = 512 * 1024;
  private static final String OUTPUT_TOO_LARGE =
      "the output has 262145 bytes, the limit is 262144; let the API answer less, or pass a"
          + " reference";
  private static final String CONTEXT_TOO_LARGE =
      "what the step's expressions name has more than 524288 bytes; name single members";

  /** As JSON, quotes included. */
  private static String ofBytes(int size) {
    return "x".repeat(size - 2);
  }

  @Test
  void an_output_of_just_the_limit_is_taken() {
    given(anExecution(enrich("company"), tell("sales", "x")))
        .when(attempt(1).of("company").succeeds(ofBytes(OUTPUT_LIMIT)))
        .then(completed("company", ofBytes(OUTPUT_LIMIT)), requested("sales"));
  }

  @Test
  void a_larger_output_is_a_failure_that_is_not_retried() {
    given(anExecution(retriedAfter(enrich("company"), Duration.ofSeconds(1))))
        .when(attempt(1).of("company").succeeds(ofBytes(OUTPUT_LIMIT + 1)))
        .then(
            attemptFailed("company", 1, TOO_LARGE, OUTPUT_TOO_LARGE),
            stepFailed("company", 1, TOO_LARGE, OUTPUT_TOO_LARGE),
            suspendedBy("company", TOO_LARGE, OUTPUT_TOO_LARGE));
  }

  @Test
  void a_larger_output_can_be_caught() {
    given(anExecution(caught(enrich("company"), toOutput("less", TOO_LARGE)), tell("s", "x")))
        .when(attempt(1).of("company").succeeds(ofBytes(OUTPUT_LIMIT + 1)))
        .then(
            attemptFailed("company", 1, TOO_LARGE, OUTPUT_TOO_LARGE),
            errorCaught("company", 0, TOO_LARGE, OUTPUT_TOO_LARGE),
            completedWith("company", "less"),
            requested("s"));
  }

  @Test
  void a_larger_output_of_an_older_attempt_is_stale_as_any_failure_of_it() {
    given(
            anExecution(retriedAfter(enrich("company"), Duration.ofSeconds(1)))
                .after(
                    attempt(1).of("company").failsTransiently("429").at("10:00:04"),
                    timerFires().at("10:00:05")))
        .when(attempt(1).of("company").succeeds(ofBytes(OUTPUT_LIMIT + 1)))
        .then(outcomeIgnored(IgnoredReason.STALE_ATTEMPT, "company#1.1.1"));
  }

  @Test
  void a_fallback_output_has_the_same_limit() {
    given(
            notStarted(caught(enrich("company"), toOutput("{{ input }}")))
                .after(startedWith(ofBytes(OUTPUT_LIMIT + 1))))
        .when(attempt(1).of("company").fails(TOO_LARGE, "first"))
        .then(
            attemptFailed("company", 1, TOO_LARGE, "first"),
            stepFailed("company", 1, TOO_LARGE, OUTPUT_TOO_LARGE),
            suspendedBy("company", TOO_LARGE, OUTPUT_TOO_LARGE));
  }

  @Test
  void a_context_that_is_too_large_fails_the_step_without_a_command() {
    String input = ofBytes(CONTEXT_LIMIT);
    given(notStarted(enrich("company", "{{ input }}")))
        .when(startedWith(input).at("10:00:00"))
        .then(
            executionStartedWith(input),
            requested("company"),
            stepFailed("company", 1, TOO_LARGE, CONTEXT_TOO_LARGE),
            suspendedBy("company", TOO_LARGE, CONTEXT_TOO_LARGE))
        .sends()
        .leavesDeadLetter("company#1.1.1 tooLarge")
        .status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void the_dead_letter_of_a_context_that_is_too_large_does_not_carry_it() {
    Scenario.Then result =
        given(notStarted(enrich("company", "{{ input }}")))
            .when(startedWith(ofBytes(CONTEXT_LIMIT)));
    assertThat(result.result().messages())
        .singleElement()
        .isInstanceOfSatisfying(
            Message.DeadCommand.class,
            dead -> assertThat(dead.request().context().toString()).isEqualTo("{}"));
  }

  /** Around the limit the envelope of a context decides: it is either sent or given up. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 11, 12, 13, 20, 100, 1000})
  void a_step_whose_context_is_about_the_limit_is_sent_or_given_up(int below) {
    Scenario.Then result =
        given(notStarted(enrich("company", "{{ input }}")))
            .when(startedWith(ofBytes(CONTEXT_LIMIT - below)));
    assertThat(result.result().messages())
        .filteredOn(message -> !(message instanceof Message.WakeUpMoved))
        .as("a command or a dead letter")
        .hasSize(1);
  }

  /** An emoji has 4 bytes where it comes from and 12 where it is written as escapes. */
  @Test
  void a_context_that_grows_when_it_is_written_is_sent_or_given_up() throws Exception {
    String emoji = "\"" + "\uD83D\uDE00".repeat(60_000) + "\"";
    Object input = Json.parse(emoji.getBytes(StandardCharsets.UTF_8));
    given(notStarted(enrich("company", "{{ input }}")))
        .when(startedWith(input))
        .then(
            executionStartedWith(input),
            requested("company"),
            stepFailed("company", 1, TOO_LARGE, CONTEXT_TOO_LARGE),
            suspendedBy("company", TOO_LARGE, CONTEXT_TOO_LARGE));
  }

  @Test
  void a_large_input_of_which_little_is_named_is_sent() {
    Object input = Map.of("email", "ada@example.com", "rest", ofBytes(CONTEXT_LIMIT));
    given(notStarted(enrich("company", "{{ input.email }}")))
        .when(startedWith(input).at("10:00:00"))
        .sends("company#1.1.1");
  }

  @Test
  void a_context_that_is_too_large_can_be_caught() {
    String input = ofBytes(CONTEXT_LIMIT);
    given(notStarted(caught(enrich("company", "{{ input }}"), toOutput("less")), tell("s", "x")))
        .when(startedWith(input).at("10:00:00"))
        .then(
            executionStartedWith(input),
            requested("company"),
            errorCaught("company", 0, TOO_LARGE, CONTEXT_TOO_LARGE),
            completedWith("company", "less"),
            requested("s"),
            wakeUp("11:00:00"))
        .sends("s#1.1.1");
  }

  @Test
  void a_route_over_a_context_that_is_too_large_fails_as_any_step() {
    given(notStarted(route("pipeline", Defined.branch("a", "input == 'x'", enrich("deal")))))
        .when(startedWith(ofBytes(CONTEXT_LIMIT)))
        .leavesDeadLetter("pipeline#1.1.1 tooLarge");
  }

  @Test
  void an_output_of_the_execution_that_is_too_large_fails_it() {
    given(
            notStarted(withOutput(workflow(enrich("company")), "{{ input }}"))
                .after(startedWith(ofBytes(OUTPUT_LIMIT + 1))))
        .when(attempt(1).of("company").succeeds("ok"))
        .status(ExecutionStatus.FAILED);
  }
}
