package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.cancelled;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.executionCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.held;
import static io.penstock.orchestrator.core.ExpectedFact.ignored;
import static io.penstock.orchestrator.core.ExpectedFact.noWakeUp;
import static io.penstock.orchestrator.core.ExpectedFact.notApplicable;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.paused;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.resumed;
import static io.penstock.orchestrator.core.ExpectedFact.retryScheduled;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.schema.message.Control.Verb.CANCEL;
import static io.penstock.schema.message.Control.Verb.PAUSE;
import static io.penstock.schema.message.Control.Verb.RESUME;
import static io.penstock.schema.message.ErrorType.COMMUNICATION;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static io.penstock.schema.message.IgnoredReason.NOT_APPLICABLE;
import static io.penstock.schema.message.IgnoredReason.STALE_ATTEMPT;
import static io.penstock.schema.message.IgnoredReason.UNKNOWN_EXECUTION;

import io.penstock.schema.definition.Step;
import io.penstock.schema.message.ExecutionStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An operator ends an execution, or lets it stand for a while. */
class CancelAndPauseTest {
  private static final Step[] TWO = {enrich("company"), tell("sales", "x")};
  private static final Step RETRIED = retriedAfter(enrich("company"), Duration.ofSeconds(10));

  @Test
  void a_cancelled_execution_is_over_and_forgotten() {
    given(anExecution(TWO))
        .when(operator(CANCEL))
        .then(cancelled(), forgotten())
        .sends()
        .status(ExecutionStatus.CANCELLED);
  }

  @Test
  void what_was_in_flight_when_it_was_cancelled_changes_nothing() {
    given(anExecution(TWO).after(operator(CANCEL)))
        .when(attempt(1).of("company").succeeds("ok"))
        .then(outcomeIgnored(UNKNOWN_EXECUTION, "company#1.1.1"));
  }

  @Test
  void a_retry_that_was_waiting_is_cancelled_with_it() {
    given(
            anExecution(RETRIED)
                .after(attempt(1).of("company").failsTransiently("429"), operator(CANCEL)))
        .when(timerFires())
        .then(ignored(UNKNOWN_EXECUTION, "timer of 2026-01-01T00:00:00Z"))
        .sends();
  }

  @Test
  void a_suspended_execution_can_be_cancelled() {
    given(anExecution(TWO).after(attempt(1).of("company").fails(RUNTIME, "boom")))
        .when(operator(CANCEL))
        .then(cancelled(), forgotten());
  }

  @Test
  void a_pause_sends_nothing_and_takes_nothing_back() {
    given(anExecution(TWO))
        .when(operator(PAUSE))
        .then(paused())
        .sends()
        .status(ExecutionStatus.PAUSED);
  }

  @Test
  void an_outcome_counts_while_paused_but_the_next_step_is_held() {
    given(anExecution(TWO).after(operator(PAUSE)))
        .when(attempt(1).of("company").succeeds("ok"))
        .then(completed("company", "ok"), held("sales"))
        .sends()
        .status(ExecutionStatus.PAUSED);
  }

  @Test
  void an_execution_can_come_to_its_end_while_paused() {
    given(anExecution(enrich("company")).after(operator(PAUSE)))
        .when(attempt(1).of("company").succeeds("ok"))
        .then(completed("company", "ok"), executionCompleted(), forgotten());
  }

  @Test
  void a_failure_while_paused_becomes_a_dead_letter_all_the_same() {
    given(anExecution(TWO).after(operator(PAUSE)))
        .when(attempt(1).of("company").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("company", 1, RUNTIME, "boom"),
            stepFailed("company", 1, RUNTIME, "boom"),
            suspendedBy("company", RUNTIME, "boom"))
        .leavesDeadLetter("company#1.1.1 runtime")
        .status(ExecutionStatus.PAUSED);
  }

  @Test
  void a_retry_that_comes_due_while_paused_is_held() {
    given(
            anExecution(RETRIED)
                .after(
                    attempt(1).of("company").failsTransiently("429").at("10:00:04"),
                    operator(PAUSE)))
        .when(timerFires().at("10:00:14"))
        .then(held("company").attempt(2), noWakeUp())
        .sends();
  }

  @Test
  void a_failure_while_paused_still_plans_its_retry() {
    given(anExecution(RETRIED).after(operator(PAUSE)))
        .when(attempt(1).of("company").failsTransiently("429").at("10:00:04"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "429"),
            retryScheduled("company", 2, "10:00:14"),
            wakeUp("10:00:14"))
        .status(ExecutionStatus.PAUSED);
  }

  @Test
  void resume_sends_what_was_held() {
    given(
            anExecution(TWO)
                .after(operator(PAUSE), attempt(1).of("company").succeeds("ok").at("10:00:09")))
        .when(operator(RESUME))
        .then(resumed(), requested("sales"))
        .sends("sales#1.1.1")
        .status(ExecutionStatus.RUNNING);
  }

  @Test
  void resume_sends_nothing_again_that_is_still_out() {
    given(anExecution(TWO).after(operator(PAUSE))).when(operator(RESUME)).then(resumed()).sends();
  }

  @Test
  void resume_before_a_retry_is_due_leaves_it_waiting() {
    given(
            anExecution(RETRIED)
                .after(
                    attempt(1).of("company").failsTransiently("429").at("10:00:04"),
                    operator(PAUSE)))
        .when(operator(RESUME))
        .then(resumed())
        .waitsUntil("10:00:14");
  }

  @Test
  void a_request_lost_while_paused_is_handed_out_again_by_resume() {
    given(anExecution(TWO).after(operator(PAUSE), timerFires().at("11:00:00")))
        .when(operator(RESUME).at("11:30:00"))
        .then(resumed(), requested("company").delivery(2), wakeUp("12:30:00"));
  }

  @Test
  void a_success_of_what_is_held_for_another_delivery_counts() {
    given(anExecution(TWO).after(operator(PAUSE), timerFires().at("11:00:00")))
        .when(attempt(1).of("company").succeeds("late"))
        .then(completed("company", "late"), held("sales"));
  }

  @Test
  void a_failure_of_what_is_held_for_another_delivery_is_stale() {
    given(anExecution(TWO).after(operator(PAUSE), timerFires().at("11:00:00")))
        .when(attempt(1).of("company").fails(RUNTIME, "late"))
        .then(outcomeIgnored(STALE_ATTEMPT, "company#1.1.1"));
  }

  @Test
  void pausing_twice_pauses_once() {
    given(anExecution(TWO).after(operator(PAUSE)))
        .when(operator(PAUSE))
        .then(ignored(NOT_APPLICABLE, "pause c-1"));
  }

  @Test
  void what_is_not_paused_cannot_be_resumed() {
    given(anExecution(TWO))
        .when(operator(RESUME))
        .then(notApplicable("resume c-1", "the execution is RUNNING, not PAUSED"));
  }

  @Test
  void a_suspended_execution_is_not_paused_since_it_already_waits_for_an_operator() {
    given(anExecution(TWO).after(attempt(1).of("company").fails(RUNTIME, "boom")))
        .when(operator(PAUSE))
        .then(ignored(NOT_APPLICABLE, "pause c-1"))
        .status(ExecutionStatus.SUSPENDED);
  }
}
