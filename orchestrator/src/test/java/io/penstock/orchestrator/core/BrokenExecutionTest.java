package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.executionStarted;
import static io.penstock.orchestrator.core.ExpectedFact.held;
import static io.penstock.orchestrator.core.ExpectedFact.ignored;
import static io.penstock.orchestrator.core.ExpectedFact.noWakeUp;
import static io.penstock.orchestrator.core.ExpectedFact.paused;
import static io.penstock.orchestrator.core.ExpectedFact.reopened;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.resumed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedByABug;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.aBugIsMet;
import static io.penstock.orchestrator.core.Happening.aBugIsMetBy;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.started;
import static io.penstock.orchestrator.core.Happening.startedBySomethingSeenBefore;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Happening.timerFiresFor;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.Control.Verb.CANCEL;
import static io.penstock.schema.message.Control.Verb.PAUSE;
import static io.penstock.schema.message.Control.Verb.REPLAY;
import static io.penstock.schema.message.Control.Verb.RESUME;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static io.penstock.schema.message.IgnoredReason.NOT_APPLICABLE;
import static io.penstock.schema.message.IgnoredReason.NOT_DUE;
import static io.penstock.schema.message.IgnoredReason.UNKNOWN_EXECUTION;

import io.penstock.schema.definition.Step;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ExecutionStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A decision met a bug of ours; its input is a dead letter, the execution waits for a replay. */
class BrokenExecutionTest {
  private static final Step[] TWO = {enrich("company"), tell("sales", "x")};
  private static final Happening COMPANY_ANSWERS = attempt(1).of("company").succeeds("ok");
  private static final String LETTER = "a dead-lettered input";

  @Test
  void the_execution_is_suspended_and_no_timer_wakes_it() {
    given(anExecution(TWO))
        .when(aBugIsMet())
        .then(suspendedByABug(), noWakeUp())
        .sends()
        .status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void it_is_started_and_suspended_when_its_start_met_the_bug() {
    given(notStarted(TWO))
        .when(aBugIsMetBy(started()))
        .then(executionStarted(), suspendedByABug())
        .sends()
        .status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void a_repeated_event_that_meets_a_bug_starts_nothing() {
    given(anExecution(enrich("company")).after(attempt(1).of("company").succeeds("ok")))
        .when(aBugIsMetBy(startedBySomethingSeenBefore()))
        .then(ignored(UNKNOWN_EXECUTION, LETTER));
  }

  @Test
  void a_bug_about_an_execution_that_nobody_knows_suspends_nothing() {
    given(notStarted(TWO)).when(aBugIsMet()).then(ignored(UNKNOWN_EXECUTION, LETTER));
  }

  @Test
  void a_second_bug_changes_nothing() {
    given(anExecution(TWO).after(aBugIsMet()))
        .when(aBugIsMet())
        .then(ignored(NOT_APPLICABLE, LETTER));
  }

  @Test
  void a_paused_execution_can_break() {
    given(anExecution(TWO).after(operator(PAUSE)))
        .when(aBugIsMet())
        .then(suspendedByABug(), noWakeUp())
        .status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void a_replay_asks_again_for_the_outcome_that_was_lost() {
    given(anExecution(TWO).after(aBugIsMetBy(COMPANY_ANSWERS)))
        .when(operator(REPLAY).at("10:30:00"))
        .then(resumed(), requested("company").delivery(2), wakeUp("11:30:00"))
        .sends("company#1.1.2")
        .status(ExecutionStatus.RUNNING);
  }

  @Test
  void the_step_whose_outcome_was_lost_is_held() {
    given(anExecution(TWO))
        .when(aBugIsMetBy(COMPANY_ANSWERS))
        .then(suspendedByABug(), held("company").delivery(2), noWakeUp())
        .sends();
  }

  @Test
  void a_replay_does_not_ask_again_for_what_is_still_out() {
    given(anExecution(TWO).after(aBugIsMet()))
        .when(operator(REPLAY).at("10:30:00"))
        .then(resumed(), wakeUp("11:00:00"))
        .sends()
        .status(ExecutionStatus.RUNNING);
  }

  @Test
  void what_nobody_answered_meanwhile_goes_out_when_its_timer_fires_after_the_replay() {
    given(anExecution(TWO).after(aBugIsMet(), operator(REPLAY).at("12:00:00")))
        .when(timerFires().at("12:00:01"))
        .then(requested("company").delivery(2), wakeUp("13:00:01"));
  }

  @Test
  void a_lost_outcome_of_an_older_delivery_is_missed_by_nobody() {
    given(anExecution(TWO).after(timerFires().at("11:00:00")))
        .when(aBugIsMetBy(COMPANY_ANSWERS))
        .then(suspendedByABug(), noWakeUp());
  }

  @Test
  void outcomes_that_meet_the_same_bug_while_it_waits_are_held_too() {
    given(anExecution(TWO).after(aBugIsMet()))
        .when(aBugIsMetBy(COMPANY_ANSWERS))
        .then(held("company").delivery(2))
        .sends();
  }

  /** The worker that answered may answer twice. */
  @Test
  void a_second_copy_of_a_lost_success_counts() {
    given(anExecution(TWO).after(aBugIsMetBy(COMPANY_ANSWERS)))
        .when(COMPANY_ANSWERS)
        .then(completed("company", "ok"), held("sales"));
  }

  @Test
  void what_was_paused_when_it_broke_is_paused_after_the_replay() {
    given(anExecution(TWO).after(operator(PAUSE), aBugIsMetBy(COMPANY_ANSWERS)))
        .when(operator(REPLAY).at("10:30:00"))
        .then(paused())
        .sends()
        .status(ExecutionStatus.PAUSED);
  }

  @Test
  void its_resumption_asks_again_for_the_outcome_that_was_lost() {
    given(
            anExecution(TWO)
                .after(
                    operator(PAUSE), aBugIsMetBy(COMPANY_ANSWERS), operator(REPLAY).at("10:30:00")))
        .when(operator(RESUME).at("10:40:00"))
        .then(resumed(), requested("company").delivery(2), wakeUp("11:40:00"))
        .sends("company#1.1.2");
  }

  @Test
  void a_replay_of_what_broke_at_its_start_begins_with_the_first_step() {
    given(notStarted(TWO).after(aBugIsMetBy(started())))
        .when(operator(REPLAY).at("10:30:00"))
        .then(resumed(), requested("company"), wakeUp("11:30:00"))
        .sends("company#1.1.1");
  }

  @Test
  void an_outcome_counts_but_the_next_step_is_held() {
    given(anExecution(TWO).after(aBugIsMet()))
        .when(attempt(1).of("company").succeeds("ok"))
        .then(completed("company", "ok"), held("sales"))
        .sends();
  }

  @Test
  void a_replay_sends_what_was_held() {
    given(anExecution(TWO).after(aBugIsMet(), attempt(1).of("company").succeeds("ok")))
        .when(operator(REPLAY).at("10:30:00"))
        .then(resumed(), requested("sales"), wakeUp("11:30:00"))
        .sends("sales#1.1.1");
  }

  @Test
  void a_replay_reopens_a_step_that_was_dead_before() {
    given(anExecution(TWO).after(attempt(1).of("company").fails(RUNTIME, "boom"), aBugIsMet()))
        .when(operator(REPLAY).at("10:30:00"))
        .then(
            reopened("company", 2), resumed(), requested("company").attempt(2), wakeUp("11:30:00"));
  }

  /** Else the bug that a timer met would be met again at each tick. */
  @Test
  void a_timer_that_was_on_its_way_fires_at_nothing() {
    given(brokenWhileWaiting())
        .when(timerFiresFor("10:00:05").at("10:00:06"))
        .then(ignored(NOT_DUE, "timer of 2026-01-01T10:00:05Z"));
  }

  @Test
  void a_wait_goes_on_after_the_replay() {
    given(brokenWhileWaiting())
        .when(operator(REPLAY).at("10:30:00"))
        .then(resumed(), wakeUp("10:00:05"))
        .waitsUntil("10:00:05");
  }

  private static Scenario.AnExecution brokenWhileWaiting() {
    return anExecution(retriedAfter(enrich("company"), Duration.ofSeconds(1)))
        .after(attempt(1).of("company").failsTransiently("429").at("10:00:04"), aBugIsMet());
  }

  @Test
  void it_can_be_cancelled() {
    given(anExecution(TWO).after(aBugIsMet()))
        .when(operator(CANCEL))
        .then(ExpectedFact.cancelled(), ExpectedFact.forgotten());
  }

  @ParameterizedTest
  @EnumSource(
      value = Control.Verb.class,
      names = {"PAUSE", "RESUME"})
  void only_a_replay_moves_it(Control.Verb verb) {
    given(anExecution(TWO).after(aBugIsMet()))
        .when(operator(verb))
        .then(ignored(NOT_APPLICABLE, verb.id() + " c-1"));
  }
}
