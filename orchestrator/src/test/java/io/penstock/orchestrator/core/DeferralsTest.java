package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.deferred;
import static io.penstock.orchestrator.core.ExpectedFact.executionCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.retryScheduled;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.schema.message.ErrorType.COMMUNICATION;
import static io.penstock.schema.message.IgnoredReason.STALE_ATTEMPT;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A worker did not make the call, and says when it may be made. */
class DeferralsTest {

  private static Scenario.AnExecution deferredOnce() {
    return anExecution(retriedAfter(enrich("company"), Duration.ofSeconds(1)))
        .after(attempt(1).of("company").isDeferredFor(Duration.ofSeconds(20)).at("10:00:05"));
  }

  private static Scenario.AnExecution deliveredAgain() {
    return deferredOnce().after(timerFires().at("10:00:25"));
  }

  @Test
  void a_deferral_waits_without_a_failure() {
    given(anExecution(enrich("company")))
        .when(attempt(1).of("company").isDeferredFor(Duration.ofSeconds(20)).at("10:00:05"))
        .then(deferred("company", 1, 1, "10:00:25"), wakeUp("10:00:25"))
        .waitsUntil("10:00:25");
  }

  @Test
  void then_the_same_attempt_is_delivered_again_with_its_ticket() {
    given(deferredOnce())
        .when(timerFires().at("10:00:25"))
        .then(requested("company").delivery(2).ticket("ticket-7"), wakeUp("11:00:25"))
        .sends("company#1.1.2");
  }

  @Test
  void a_deferral_costs_no_retry() {
    given(deliveredAgain())
        .when(attempt(1).of("company").delivery(2).failsTransiently("429").at("10:00:26"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "429"),
            retryScheduled("company", 2, "10:00:27"),
            wakeUp("10:00:27"));
  }

  @Test
  void the_ticket_is_not_taken_along_to_another_attempt() {
    given(
            deliveredAgain()
                .after(attempt(1).of("company").delivery(2).failsTransiently("429").at("10:00:26")))
        .when(timerFires().at("10:00:27"))
        .then(requested("company").attempt(2), wakeUp("11:00:27"));
  }

  @Test
  void a_deferral_that_comes_twice_counts_once() {
    given(deferredOnce())
        .when(attempt(1).of("company").isDeferredFor(Duration.ofSeconds(90)))
        .then(outcomeIgnored(STALE_ATTEMPT, "company#1.1.1"));
  }

  @Test
  void a_deferral_of_an_earlier_delivery_is_stale() {
    given(deliveredAgain())
        .when(attempt(1).of("company").isDeferredFor(Duration.ofSeconds(90)))
        .then(outcomeIgnored(STALE_ATTEMPT, "company#1.1.1"));
  }

  @Test
  void a_success_of_the_deferred_attempt_counts_wherever_it_came_from() {
    given(deferredOnce())
        .when(attempt(1).of("company").succeeds("ok"))
        .then(completed("company", "ok"), executionCompleted(), forgotten());
  }

  @Test
  void no_deferral_is_longer_than_a_day() {
    given(anExecution(enrich("company")))
        .when(attempt(1).of("company").isDeferredFor(Duration.ofDays(400)).at("10:00:05"))
        .then(deferred("company", 1, 1, "2T10:00:05"));
  }

  @Test
  void a_deferral_into_the_past_is_one_until_now() {
    given(anExecution(enrich("company")))
        .when(
            attempt(1)
                .of("company")
                .isDeferredFor(Duration.ofSeconds(Long.MIN_VALUE))
                .at("10:00:05"))
        .then(deferred("company", 1, 1, "10:00:05"), wakeUp("10:00:05"));
  }
}
