package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.due;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.failing;
import static io.penstock.orchestrator.core.Defined.lane;
import static io.penstock.orchestrator.core.Defined.parallel;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.workflow;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.executionCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.executionStarted;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.ignored;
import static io.penstock.orchestrator.core.ExpectedFact.noWakeUp;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.overdue;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.retryScheduled;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedByABug;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.aBugIsMet;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.started;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Happening.timerFiresFor;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.ErrorType.COMMUNICATION;
import static io.penstock.schema.message.ErrorType.QUOTA;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.IgnoredReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code deadline}: the total time of an execution; here five minutes from 10:00:00. */
class DeadlineTest {
  private static final Workflow FIVE_MINUTES =
      due(workflow(enrich("company"), tell("sales", "x")), Duration.ofMinutes(5));

  @Test
  void it_counts_from_the_start_and_has_a_timer() {
    given(notStarted(FIVE_MINUTES))
        .when(started().at("10:00:00"))
        .then(executionStarted(), requested("company"), wakeUp("10:05:00"));
  }

  @Test
  void when_it_passes_the_execution_fails() {
    given(anExecution(FIVE_MINUTES))
        .when(timerFires().at("10:05:00"))
        .then(overdue())
        .sends()
        .status(ExecutionStatus.FAILED);
  }

  @Test
  void a_timer_that_fires_too_soon_stays() {
    given(anExecution(FIVE_MINUTES))
        .when(timerFires().at("10:04:59"))
        .then(ignored(IgnoredReason.NOT_DUE, "timer of 2026-01-01T10:05:00Z"), wakeUp("10:05:00"));
  }

  @Test
  void an_end_before_it_is_an_end() {
    given(anExecution(FIVE_MINUTES).after(attempt(1).of("company").succeeds("ok")))
        .when(attempt(1).of("sales").succeeds("ok").at("10:04:59.999"))
        .then(completed("sales", "ok"), executionCompleted(), forgotten());
  }

  @Test
  void an_end_at_that_very_time_comes_too_late() {
    given(anExecution(FIVE_MINUTES).after(attempt(1).of("company").succeeds("ok")))
        .when(attempt(1).of("sales").succeeds("ok").at("10:05:00"))
        .then(overdue(), outcomeIgnored(IgnoredReason.ALREADY_DECIDED, "sales#1.1.1"));
  }

  @Test
  void what_comes_later_does_not_count_even_if_no_timer_has_fired_yet() {
    given(anExecution(FIVE_MINUTES))
        .when(attempt(1).of("company").succeeds("late").at("10:07:00"))
        .then(overdue(), outcomeIgnored(IgnoredReason.ALREADY_DECIDED, "company#1.1.1"))
        .sends();
  }

  @Test
  void the_timer_that_comes_after_such_an_input_finds_nothing_to_do() {
    given(anExecution(FIVE_MINUTES).after(attempt(1).of("company").succeeds("late").at("10:07:00")))
        .when(timerFiresFor("10:05:00").at("10:07:01"))
        .then(ignored(IgnoredReason.NOT_DUE, "timer of 2026-01-01T10:05:00Z"));
  }

  @Test
  void all_that_is_at_work_is_dropped() {
    Workflow two =
        due(
            workflow(parallel("both", lane("a", enrich("x")), lane("b", enrich("y")))),
            Duration.ofMinutes(5));
    given(anExecution(two).after(timerFires().at("10:05:00")))
        .when(attempt(1).of("both/a/x").succeeds("late"))
        .then(outcomeIgnored(IgnoredReason.ALREADY_DECIDED, "both/a/x#1.1.1"))
        .status(ExecutionStatus.FAILED);
  }

  @Test
  void a_retry_beyond_it_does_not_move_its_timer() {
    Workflow retried =
        due(workflow(retriedAfter(enrich("company"), Duration.ofHours(1))), Duration.ofMinutes(5));
    given(anExecution(retried))
        .when(attempt(1).of("company").failsTransiently("503").at("10:00:10"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "503"),
            retryScheduled("company", 2, "11:00:10"));
  }

  @Test
  void an_earlier_timer_leaves_its_own_behind() {
    Workflow retried =
        due(
            workflow(retriedAfter(enrich("company"), Duration.ofSeconds(10))),
            Duration.ofMinutes(5));
    given(
            anExecution(retried)
                .after(attempt(1).of("company").failsTransiently("503").at("10:00:10")))
        .when(timerFires().at("10:00:20"))
        .then(requested("company").attempt(2), wakeUp("10:05:00"));
  }

  @Test
  void a_pause_does_not_stop_it() {
    given(anExecution(FIVE_MINUTES).after(operator(Control.Verb.PAUSE).at("10:01:00")))
        .when(timerFires().at("10:05:00"))
        .then(overdue())
        .status(ExecutionStatus.FAILED);
  }

  @Test
  void a_dead_letter_does_not_stop_it() {
    given(
            anExecution(FIVE_MINUTES)
                .after(attempt(1).of("company").fails(QUOTA, "no").at("10:01:00")))
        .when(timerFires().at("10:05:00"))
        .then(overdue())
        .status(ExecutionStatus.FAILED);
  }

  @Test
  void a_replay_after_it_is_too_late() {
    given(
            anExecution(FIVE_MINUTES)
                .after(attempt(1).of("company").fails(QUOTA, "no").at("10:01:00")))
        .when(operator(Control.Verb.REPLAY).at("10:05:00"))
        .then(overdue(), ignored(IgnoredReason.NOT_APPLICABLE, "replay c-1"))
        .sends();
  }

  @Test
  void where_a_bug_has_stopped_all_it_waits_for_an_operator() {
    given(anExecution(FIVE_MINUTES))
        .when(aBugIsMet().at("10:06:00"))
        .then(suspendedByABug(), noWakeUp())
        .status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void the_operator_who_comes_after_it_finds_the_execution_failed() {
    given(anExecution(FIVE_MINUTES).after(aBugIsMet().at("10:01:00")))
        .when(operator(Control.Verb.REPLAY).at("10:06:00"))
        .then(overdue(), ignored(IgnoredReason.NOT_APPLICABLE, "replay c-1"))
        .sends();
  }

  @Test
  void what_failed_before_it_stays_failed_of_that() {
    given(
            anExecution(due(failing(workflow(enrich("company"))), Duration.ofMinutes(5)))
                .after(attempt(1).of("company").fails(QUOTA, "no").at("10:01:00")))
        .when(timerFiresFor("10:05:00").at("10:05:00"))
        .then(ignored(IgnoredReason.NOT_DUE, "timer of 2026-01-01T10:05:00Z"));
  }
}
