package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.limitedTo;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.executionCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.executionStarted;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.ignored;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.started;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Happening.timerFiresFor;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.IgnoredReason.NOT_DUE;
import static io.penstock.schema.message.IgnoredReason.UNKNOWN_EXECUTION;

import io.penstock.schema.definition.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whether something is due says the broker's time of the timer's record, not the timer. */
class TimersTest {
  private static final Step RETRIED = retriedAfter(enrich("company"), Duration.ofSeconds(10));

  /** Its retry is due at 10:00:14. */
  private static Scenario.AnExecution waiting() {
    return anExecution(RETRIED)
        .after(attempt(1).of("company").failsTransiently("429").at("10:00:04"));
  }

  @Test
  void a_timer_fires_when_it_is_due() {
    given(waiting())
        .when(timerFires().at("10:00:14"))
        .then(requested("company").attempt(2), wakeUp("11:00:14"));
  }

  @Test
  void a_timer_that_fires_too_soon_stays() {
    given(waiting())
        .when(timerFires().at("10:00:13"))
        .then(ignored(NOT_DUE, "timer of 2026-01-01T10:00:14Z"), wakeUp("10:00:14"))
        .sends()
        .waitsUntil("10:00:14");
  }

  @Test
  void a_timer_that_fires_twice_is_harmless() {
    given(waiting().after(timerFires().at("10:00:14")))
        .when(timerFiresFor("10:00:14").at("10:00:15"))
        .then(ignored(NOT_DUE, "timer of 2026-01-01T10:00:14Z"))
        .sends();
  }

  @Test
  void a_timer_of_a_step_that_is_done_fires_at_nothing() {
    given(
            anExecution(RETRIED, tell("sales", "x"))
                .after(
                    attempt(1).of("company").failsTransiently("429").at("10:00:04"),
                    attempt(1).of("company").succeeds("late").at("10:00:05")))
        .when(timerFires().at("10:00:14"))
        .then(ignored(NOT_DUE, "timer of 2026-01-01T10:00:14Z"), wakeUp("11:00:05"));
  }

  @Test
  void a_timer_after_the_end_finds_nothing() {
    given(anExecution(enrich("company")).after(attempt(1).of("company").succeeds("ok")))
        .when(timerFiresFor("11:00:00").at("11:00:00"))
        .then(ignored(UNKNOWN_EXECUTION, "timer of 2026-01-01T11:00:00Z"));
  }

  @Test
  void a_request_that_nobody_answers_is_handed_out_again_as_the_same_attempt() {
    given(notStarted(enrich("company")).after(started().at("10:00:00")))
        .when(timerFires().at("11:00:00"))
        .then(requested("company").delivery(2), wakeUp("12:00:00"))
        .sends("company#1.1.2");
  }

  @Test
  void it_keeps_its_ticket_when_it_is_handed_out_again() {
    given(
            anExecution(enrich("company"))
                .after(
                    attempt(1).of("company").isDeferredFor(Duration.ofSeconds(5)).at("10:00:05"),
                    timerFires().at("10:00:10")))
        .when(timerFires().at("11:00:10"))
        .then(requested("company").delivery(3).ticket("ticket-7"), wakeUp("12:00:10"));
  }

  @Test
  void the_safety_net_is_ten_times_a_long_timeout() {
    given(notStarted(limitedTo(enrich("company"), Duration.ofMinutes(30))))
        .when(started().at("10:00:00"))
        .then(
            executionStarted(),
            requested("company").redeliveredAfter(Duration.ofHours(5)),
            wakeUp("15:00:00"));
  }

  @Test
  void without_retries_the_timer_store_is_written_at_the_start_and_at_no_later_step() {
    given(anExecution(enrich("company"), tell("sales", "x"), tell("all", "x")))
        .when(attempt(1).of("company").succeeds("ok"))
        .then(completed("company", "ok"), requested("sales"));
  }

  @Test
  void at_the_end_its_place_in_the_timer_store_goes() {
    given(
            anExecution(enrich("company"), tell("sales", "x"))
                .after(attempt(1).of("company").succeeds("ok")))
        .when(attempt(1).of("sales").succeeds("ok"))
        .then(completed("sales", "ok"), executionCompleted(), forgotten());
  }

  @Test
  void a_shorter_safety_net_moves_the_timer_forward() {
    given(anExecution(limitedTo(enrich("company"), Duration.ofMinutes(30)), tell("sales", "x")))
        .when(attempt(1).of("company").succeeds("ok").at("10:00:05"))
        .then(completed("company", "ok"), requested("sales"), wakeUp("11:00:05"));
  }
}
