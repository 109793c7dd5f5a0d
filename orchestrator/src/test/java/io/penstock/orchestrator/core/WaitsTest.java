package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.due;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.foreach;
import static io.penstock.orchestrator.core.Defined.lane;
import static io.penstock.orchestrator.core.Defined.parallel;
import static io.penstock.orchestrator.core.Defined.toOutput;
import static io.penstock.orchestrator.core.Defined.waiting;
import static io.penstock.orchestrator.core.Defined.workflow;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.completedWith;
import static io.penstock.orchestrator.core.ExpectedFact.errorCaught;
import static io.penstock.orchestrator.core.ExpectedFact.executionCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.executionStartedWith;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.held;
import static io.penstock.orchestrator.core.ExpectedFact.ignored;
import static io.penstock.orchestrator.core.ExpectedFact.itemsStarted;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.overdue;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.scopeEnded;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.waitStarted;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.startedWith;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.ErrorType.EXPRESSION;
import static io.penstock.schema.message.ExecutionStatus.RUNNING;
import static io.penstock.schema.message.IgnoredReason.NOT_DUE;
import static io.penstock.schema.message.IgnoredReason.NOT_EXPECTED;

import io.penstock.schema.definition.Step;
import io.penstock.schema.message.Control;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A step that lets time pass: nothing is called, and the timer is in the state. */
class WaitsTest {
  private static final Step SLEEP = waiting("sleep", "10m");
  private static final Step AFTER = enrich("after", "{{ steps.sleep.output }}");
  private static final String NO_DURATION =
      "time to wait: no duration of at most 365 days; give e.g. 10m";

  /** Until 10:10:01. */
  private static Scenario.AnExecution asleep() {
    return anExecution(enrich("before"), SLEEP, AFTER)
        .after(attempt(1).of("before").succeeds("ok").at("10:00:01"));
  }

  @Test
  void a_wait_is_a_timer_and_nothing_goes_out() {
    given(anExecution(enrich("before"), SLEEP, AFTER))
        .when(attempt(1).of("before").succeeds("ok").at("10:00:01"))
        .then(completed("before", "ok"), waitStarted("sleep", "10:10:01"), wakeUp("10:10:01"))
        .sends()
        .waitsUntil("10:10:01");
  }

  @Test
  void when_its_time_is_over_it_has_no_output_and_the_next_step_goes_out() {
    given(asleep())
        .when(timerFires().at("10:10:01"))
        .then(completedWith("sleep", null), requested("after"), wakeUp("11:10:01"))
        .sendsContext("{\"steps\":{\"sleep\":{\"output\":null}}}");
  }

  @Test
  void a_wait_can_be_the_only_step() {
    given(notStarted(SLEEP).after(startedWith(Map.of()).at("10:00:00")))
        .when(timerFires().at("10:10:00"))
        .then(completedWith("sleep", null), executionCompleted(), forgotten());
  }

  @Test
  void a_timer_that_fires_too_soon_changes_nothing() {
    given(asleep())
        .when(timerFires().at("10:10:00"))
        .then(ignored(NOT_DUE, "timer of 2026-01-01T10:10:01Z"), wakeUp("10:10:01"))
        .waitsUntil("10:10:01");
  }

  @Test
  void its_time_passes_while_the_execution_is_paused() {
    given(asleep().after(operator(Control.Verb.PAUSE)))
        .when(timerFires().at("10:10:01"))
        .then(completedWith("sleep", null), held("after"), ExpectedFact.noWakeUp())
        .sends();
  }

  @Test
  void a_wait_begins_while_the_execution_is_paused() {
    given(anExecution(enrich("before"), SLEEP).after(operator(Control.Verb.PAUSE)))
        .when(attempt(1).of("before").succeeds("ok").at("10:00:05"))
        .then(completed("before", "ok"), waitStarted("sleep", "10:10:05"), wakeUp("10:10:05"));
  }

  @Test
  void a_wait_that_was_over_while_a_bug_stopped_the_execution_ends_once_it_goes_on() {
    given(asleep().after(Happening.aBugIsMet(), operator(Control.Verb.REPLAY).at("10:20:00")))
        .when(timerFires().at("10:20:01"))
        .then(completedWith("sleep", null), requested("after"), wakeUp("11:20:01"));
  }

  @Test
  void no_outcome_ends_it() {
    given(asleep())
        .when(attempt(1).of("sleep").succeeds("made up"))
        .then(outcomeIgnored(NOT_EXPECTED, "sleep#1.1.1"));
  }

  @Test
  void the_deadline_is_not_waited_for() {
    given(
            notStarted(due(workflow(SLEEP), Duration.ofMinutes(5)))
                .after(startedWith(Map.of()).at("10:00:00")))
        .when(timerFires().at("10:05:00"))
        .then(overdue());
  }

  @ParameterizedTest
  @CsvSource({
    "{{ input.delay }}, 90s, 10:01:30",
    "{{ input.delay }}, PT1H, 11:00:00",
    "{{ input.delay }}m, 3, 10:03:00",
    "{{ input.delay }}, 0s, 10:00:00.001",
    "{{ input.delay }}, PT0.0000001S, 10:00:00.001",
  })
  void its_time_can_be_an_expression(String time, String delay, String until) {
    given(notStarted(waiting("sleep", time)))
        .when(startedWith(Map.of("delay", delay)).at("10:00:00"))
        .then(
            executionStartedWith(Map.of("delay", delay)),
            waitStarted("sleep", until),
            wakeUp(until));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "", "-PT1S", "366d", "PT999999999999H", "5"})
  void what_is_no_time_is_an_expression_error_of_the_step(String delay) {
    given(notStarted(waiting("sleep", "{{ input.delay }}")))
        .when(startedWith(Map.of("delay", delay)))
        .then(
            executionStartedWith(Map.of("delay", delay)),
            stepFailed("sleep", 1, EXPRESSION, NO_DURATION),
            suspendedBy("sleep", EXPRESSION, NO_DURATION));
  }

  @Test
  void an_error_of_it_can_be_caught() {
    given(notStarted(caught(waiting("sleep", "{{ input.delay }}"), toOutput("at once")), AFTER))
        .when(startedWith(Map.of("delay", 5)).at("10:00:00"))
        .then(
            executionStartedWith(Map.of("delay", 5)),
            errorCaught("sleep", 0, EXPRESSION, NO_DURATION),
            completedWith("sleep", "at once"),
            requested("after"),
            wakeUp("11:00:00"));
  }

  @Test
  void beside_a_branch_that_works_the_execution_runs() {
    given(anExecution(parallel("both", lane("a", SLEEP), lane("b", enrich("x"), enrich("y")))))
        .when(attempt(1).of("both/b/x").succeeds("ok"))
        .then(completed("both/b/x", "ok"), requested("both/b/y"))
        .status(RUNNING);
  }

  @Test
  void rounds_wait_each_for_itself() {
    given(
            notStarted(foreach("each", "input.list", 1, SLEEP))
                .after(startedWith(Map.of("list", List.of(1, 2))).at("10:00:00")))
        .when(timerFires().at("10:10:00"))
        .then(
            completedWith("each/0/sleep", null),
            scopeEnded("each/0"),
            itemsStarted("each", 1, 2),
            waitStarted("each/1/sleep", "10:20:00"),
            wakeUp("10:20:00"));
  }
}
