package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.retried;
import static io.penstock.orchestrator.core.Defined.toOutput;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.completedWith;
import static io.penstock.orchestrator.core.ExpectedFact.errorCaught;
import static io.penstock.orchestrator.core.ExpectedFact.executionCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.executionStarted;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.reopened;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.resumed;
import static io.penstock.orchestrator.core.ExpectedFact.retryScheduled;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.started;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.ErrorType.COMMUNICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepError;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code limit.duration}: no retry begins when more time has passed since the first attempt. */
class RetryTimeLimitTest {
  private static final String TOO_LATE =
      " (not tried again: that would begin more than PT10M, the limit.duration of its retry, after the first attempt)";

  /** Every five minutes, for ten minutes; requested at 10:00:00. */
  private static final Step TEN_MINUTES =
      retried(
          enrich("company"),
          Retry.of(
              new Retry.Delays(
                  Collections.nCopies(9, Duration.ofMinutes(5)),
                  0,
                  Optional.of(Duration.ofMinutes(10)))));

  @Test
  void a_request_says_from_when_its_retries_are_counted() {
    given(notStarted(TEN_MINUTES))
        .when(started().at("10:00:00"))
        .then(
            executionStarted(), requested("company").retriesSince("10:00:00"), wakeUp("11:00:00"));
  }

  @Test
  void a_retry_that_begins_at_the_limit_is_made() {
    given(anExecution(TEN_MINUTES))
        .when(attempt(1).of("company").failsTransiently("503").at("10:05:00"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "503"),
            retryScheduled("company", 2, "10:10:00"),
            wakeUp("10:10:00"));
  }

  @Test
  void one_that_would_begin_later_is_not_waited_for() {
    given(anExecution(TEN_MINUTES))
        .when(attempt(1).of("company").failsTransiently("503").at("10:05:01"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "503"),
            stepFailed("company", 1, COMMUNICATION, "503" + TOO_LATE),
            suspendedBy("company", COMMUNICATION, "503" + TOO_LATE))
        .leavesDeadLetter("company#1.1.1 communication");
  }

  @Test
  void the_time_is_that_of_all_attempts_together() {
    given(
            anExecution(TEN_MINUTES)
                .after(
                    attempt(1).of("company").failsTransiently("503").at("10:00:30"),
                    timerFires().at("10:05:30")))
        .when(attempt(2).of("company").failsTransiently("504").at("10:05:31"))
        .then(
            attemptFailed("company", 2, COMMUNICATION, "504"),
            stepFailed("company", 2, COMMUNICATION, "504" + TOO_LATE),
            suspendedBy("company", COMMUNICATION, "504" + TOO_LATE));
  }

  @Test
  void a_wish_of_the_other_side_beyond_the_limit_is_not_waited_for() {
    given(anExecution(TEN_MINUTES))
        .when(attempt(1).of("company").failsAskingFor(Duration.ofMinutes(11)).at("10:00:01"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "429"),
            stepFailed("company", 1, COMMUNICATION, "429" + TOO_LATE),
            suspendedBy("company", COMMUNICATION, "429" + TOO_LATE));
  }

  @Test
  void a_catch_takes_the_error_and_can_read_why() {
    given(anExecution(caught(TEN_MINUTES, toOutput("{{ error.message }}", COMMUNICATION))))
        .when(attempt(1).of("company").failsTransiently("503").at("10:06:00"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "503"),
            errorCaught("company", 0, COMMUNICATION, "503" + TOO_LATE),
            completedWith("company", "503" + TOO_LATE),
            executionCompleted(),
            forgotten());
  }

  @Test
  void a_long_message_leaves_room_for_the_reason() {
    String said = "x".repeat(StepError.MAX_MESSAGE_LENGTH);
    assertThat(
            anExecution(TEN_MINUTES)
                .when(attempt(1).of("company").failsTransiently(said).at("10:06:00"))
                .result()
                .facts())
        .filteredOn(Fact.StepFailed.class::isInstance)
        .singleElement()
        .extracting(fact -> ((Fact.StepFailed) fact).error().message())
        .asString()
        .startsWith("xxx")
        .endsWith("…" + TOO_LATE)
        .hasSize(StepError.MAX_MESSAGE_LENGTH);
  }

  @Test
  void a_replay_has_the_whole_time_again() {
    given(
            anExecution(TEN_MINUTES)
                .after(
                    attempt(1).of("company").failsTransiently("503").at("10:06:00"),
                    operator(Control.Verb.REPLAY).at("12:00:00")))
        .when(attempt(2).of("company").failsTransiently("503").at("12:05:00"))
        .then(
            attemptFailed("company", 2, COMMUNICATION, "503"),
            retryScheduled("company", 3, "12:10:00")); // an earlier timer is left to fire
  }

  @Test
  void a_replay_counts_from_its_own_first_attempt() {
    given(
            anExecution(TEN_MINUTES)
                .after(attempt(1).of("company").failsTransiently("503").at("10:06:00")))
        .when(operator(Control.Verb.REPLAY).at("10:07:00"))
        .then(reopened("company", 2), requested("company").attempt(2).retriesSince("10:07:00"));
  }

  @Test
  void the_time_for_which_the_first_attempt_is_deferred_is_not_lost() {
    given(
            anExecution(TEN_MINUTES)
                .after(
                    attempt(1).of("company").isDeferredFor(Duration.ofMinutes(30)).at("10:00:01"),
                    timerFires().at("10:30:01")))
        .when(attempt(1).of("company").delivery(2).failsTransiently("503").at("10:30:02"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "503"),
            retryScheduled("company", 2, "10:35:02"),
            wakeUp("10:35:02"));
  }

  @Test
  void a_retry_that_was_due_in_time_is_made_when_a_pause_ends_later() {
    given(
            anExecution(TEN_MINUTES)
                .after(
                    attempt(1).of("company").failsTransiently("503").at("10:00:01"),
                    operator(Control.Verb.PAUSE).at("10:00:02"),
                    timerFires().at("10:05:01")))
        .when(operator(Control.Verb.RESUME).at("13:00:00"))
        .then(
            resumed(),
            requested("company").attempt(2).retriesSince("10:00:00"),
            wakeUp("14:00:00"));
  }
}
