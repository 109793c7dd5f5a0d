package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.retried;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.noWakeUp;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.retryScheduled;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.schema.definition.Retry.Backoff.Kind.CONSTANT;
import static io.penstock.schema.definition.Retry.Backoff.Kind.EXPONENTIAL;
import static io.penstock.schema.definition.Retry.Backoff.Kind.LINEAR;
import static io.penstock.schema.message.ErrorType.COMMUNICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether and when a failed attempt is made again. */
class RetriesTest {
  private static final Step TWICE_RETRIED =
      retriedAfter(enrich("company"), Duration.ofSeconds(1), Duration.ofSeconds(5));

  @Test
  void a_transient_failure_is_retried_after_its_delay() {
    given(anExecution(TWICE_RETRIED))
        .when(attempt(1).of("company").failsTransiently("429").at("10:00:04"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "429"),
            retryScheduled("company", 2, "10:00:05"),
            wakeUp("10:00:05"))
        .sends()
        .waitsUntil("10:00:05");
  }

  @Test
  void the_retry_goes_out_when_its_timer_fires() {
    given(
            anExecution(TWICE_RETRIED)
                .after(attempt(1).of("company").failsTransiently("429").at("10:00:04")))
        .when(timerFires().at("10:00:05"))
        .then(requested("company").attempt(2), wakeUp("11:00:05"))
        .sends("company#1.2.1");
  }

  @Test
  void each_retry_has_its_own_delay() {
    given(
            anExecution(TWICE_RETRIED)
                .after(
                    attempt(1).of("company").failsTransiently("429").at("10:00:04"),
                    timerFires().at("10:00:05")))
        .when(attempt(2).of("company").failsTransiently("503").at("10:00:06"))
        .then(
            attemptFailed("company", 2, COMMUNICATION, "503"),
            retryScheduled("company", 3, "10:00:11"),
            wakeUp("10:00:11"));
  }

  @Test
  void after_the_last_retry_the_step_is_given_up() {
    given(
            anExecution(retriedAfter(enrich("company"), Duration.ofSeconds(1)))
                .after(
                    attempt(1).of("company").failsTransiently("429").at("10:00:04"),
                    timerFires().at("10:00:05")))
        .when(attempt(2).of("company").failsTransiently("503"))
        .then(
            attemptFailed("company", 2, COMMUNICATION, "503"),
            stepFailed("company", 2, COMMUNICATION, "503"),
            suspendedBy("company", COMMUNICATION, "503"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorType.class,
      names = {"TIMEOUT", "COMMUNICATION"},
      mode = EnumSource.Mode.EXCLUDE)
  void a_terminal_error_is_not_retried(ErrorType type) {
    given(anExecution(TWICE_RETRIED))
        .when(attempt(1).of("company").fails(type, "no"))
        .then(
            attemptFailed("company", 1, type, "no"),
            stepFailed("company", 1, type, "no"),
            suspendedBy("company", type, "no"));
  }

  @Test
  void the_worker_may_say_that_an_error_of_a_terminal_type_can_be_retried() {
    StepError error = new StepError(ErrorType.RUNTIME, "409", true);
    given(anExecution(TWICE_RETRIED))
        .when(
            attempt(1)
                .of("company")
                .ends(new StepOutcome.Failed(error, Optional.empty()))
                .at("10:00:04"))
        .then(
            attemptFailed("company", 1, error),
            retryScheduled("company", 2, "10:00:05"),
            wakeUp("10:00:05"));
  }

  @Test
  void a_later_wish_of_the_other_side_counts() {
    given(anExecution(TWICE_RETRIED))
        .when(attempt(1).of("company").failsAskingFor(Duration.ofSeconds(90)).at("10:00:04"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "429"),
            retryScheduled("company", 2, "10:01:34"),
            wakeUp("10:01:34"));
  }

  @Test
  void an_earlier_wish_of_the_other_side_does_not_shorten_the_rule() {
    given(anExecution(TWICE_RETRIED))
        .when(attempt(1).of("company").failsAskingFor(Duration.ofMillis(1)).at("10:00:04"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "429"),
            retryScheduled("company", 2, "10:00:05"),
            wakeUp("10:00:05"));
  }

  @Test
  void nobody_can_park_a_step_for_longer_than_a_day() {
    given(anExecution(TWICE_RETRIED))
        .when(attempt(1).of("company").failsAskingFor(Duration.ofDays(3650)).at("10:00:04"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "429"),
            retryScheduled("company", 2, "2T10:00:04"));
  }

  @Test
  void the_safety_nets_timer_fires_into_the_wait_and_moves_to_the_retry() {
    given(
            anExecution(TWICE_RETRIED)
                .after(attempt(1).of("company").failsAskingFor(Duration.ofDays(1)).at("10:00:04")))
        .when(timerFires().at("11:00:00"))
        .then(
            ExpectedFact.ignored(IgnoredReason.NOT_DUE, "timer of 2026-01-01T11:00:00Z"),
            wakeUp("2T10:00:04"));
  }

  @Test
  void when_the_last_attempt_is_given_up_its_old_timer_goes_at_its_next_firing() {
    given(anExecution(enrich("company")).after(attempt(1).of("company").failsTransiently("x")))
        .when(timerFires().at("11:00:00"))
        .then(
            ExpectedFact.ignored(IgnoredReason.NOT_DUE, "timer of 2026-01-01T11:00:00Z"),
            noWakeUp());
  }

  @Test
  void a_constant_backoff_stays_as_it_is() {
    assertThat(delays(backoff(CONSTANT, 4, 0), 5)).containsExactly(2000L, 2000L, 2000L, 2000L, -1L);
  }

  @Test
  void a_linear_backoff_grows_by_its_delay_up_to_its_maximum() {
    assertThat(delays(backoff(LINEAR, 6, 0), 7))
        .containsExactly(2000L, 4000L, 6000L, 8000L, 10_000L, 10_000L, -1L);
  }

  @Test
  void an_exponential_backoff_grows_by_its_factor_up_to_its_maximum() {
    assertThat(delays(backoff(EXPONENTIAL, 4, 0), 5))
        .containsExactly(2000L, 6000L, 10_000L, 10_000L, -1L);
  }

  @Test
  void a_backoff_can_be_long_without_overflowing() {
    assertThat(delays(backoff(EXPONENTIAL, 10_000, 0), 5000).getLast()).isEqualTo(10_000L);
  }

  @Test
  void jitter_lengthens_a_delay_by_at_most_its_share() {
    Retry.Schedule retry = new Retry.Delays(List.of(Duration.ofSeconds(10)), 0.2);
    List<Long> delays =
        IntStream.range(0, 500).mapToObj(i -> millis(retry, 0, command("e~" + i))).toList();
    assertThat(delays).allMatch(delay -> delay >= 10_000 && delay <= 12_000);
    assertThat(delays.stream().distinct().count()).as("spread").isGreaterThan(300);
  }

  @Test
  void jitter_does_not_lengthen_a_delay_beyond_the_maximum() {
    Retry.Schedule retry = backoff(EXPONENTIAL, 9, 1);
    assertThat(IntStream.range(0, 500).mapToObj(i -> millis(retry, 3, command("e~" + i))))
        .allMatch(delay -> delay <= 10_000);
  }

  @Test
  void jitter_is_the_same_when_decided_again() {
    Retry.Schedule retry = backoff(EXPONENTIAL, 9, 1);
    assertThat(millis(retry, 0, command("e~1"))).isEqualTo(millis(retry, 0, command("e~1")));
    Step step = retried(enrich("company"), Retry.of(retry));
    assertThat(decidedFacts(step)).isEqualTo(decidedFacts(step));
  }

  private static Object decidedFacts(Step step) {
    return anExecution(step).when(attempt(1).of("company").failsTransiently("x")).result().facts();
  }

  private static Retry.Schedule backoff(Retry.Backoff.Kind kind, int limit, double jitter) {
    return new Retry.Backoff(kind, Duration.ofSeconds(2), 3, Duration.ofSeconds(10), limit, jitter);
  }

  /** In milliseconds; -1 where no retry is left. */
  private static List<Long> delays(Retry.Schedule retry, int count) {
    return IntStream.range(0, count).mapToObj(used -> millis(retry, used, command("e~1"))).toList();
  }

  private static long millis(Retry.Schedule retry, int used, CommandId command) {
    Instant failedAt = Times.at("10:00:00");
    return RetrySchedule.next(retry, used, failedAt, Optional.empty(), command)
        .map(due -> Duration.between(failedAt, due).toMillis())
        .orElse(-1L);
  }

  private static CommandId command(String execution) {
    return new CommandId(new ExecutionId(execution), new StepPath("company"), 1, 1, 1);
  }
}
