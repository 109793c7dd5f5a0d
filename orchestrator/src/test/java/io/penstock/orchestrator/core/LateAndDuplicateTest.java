package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.executionStarted;
import static io.penstock.orchestrator.core.ExpectedFact.ignored;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.started;
import static io.penstock.orchestrator.core.Happening.startedByAnEventOf;
import static io.penstock.orchestrator.core.Happening.startedBySomethingSeenBefore;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static io.penstock.schema.message.IgnoredReason.ALREADY_DECIDED;
import static io.penstock.schema.message.IgnoredReason.DUPLICATE_EVENT;
import static io.penstock.schema.message.IgnoredReason.NOT_EXPECTED;
import static io.penstock.schema.message.IgnoredReason.STALE_ATTEMPT;
import static io.penstock.schema.message.IgnoredReason.TOO_OLD;
import static io.penstock.schema.message.IgnoredReason.UNKNOWN_EXECUTION;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.penstock.schema.definition.Step;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.IgnoredReason;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes too late, twice, or out of nowhere. */
class LateAndDuplicateTest {
  private static final Step RETRIED = retriedAfter(enrich("company"), Duration.ofSeconds(1));
  private static final String EVENT =
      "event " + EventKey.of(Happening.SOURCE, Happening.EVENT_ID, Optional.empty()).eventHash();

  /** Attempt 1 failed; attempt 2 is out. */
  private static Scenario.AnExecution atAttemptTwo() {
    return waitingForAttemptTwo().after(timerFires().at("10:00:05"));
  }

  private static Scenario.AnExecution waitingForAttemptTwo() {
    return anExecution(RETRIED, tell("sales", "x"))
        .after(attempt(1).of("company").failsTransiently("429").at("10:00:04"));
  }

  @Test
  void the_first_success_counts_even_of_an_older_attempt() {
    given(atAttemptTwo())
        .when(attempt(1).of("company").succeeds("late"))
        .then(completed("company", 1, "late"), requested("sales"));
  }

  @Test
  void a_success_that_arrives_while_its_retry_waits_counts() {
    given(waitingForAttemptTwo())
        .when(attempt(1).of("company").succeeds("late"))
        .then(completed("company", 1, "late"), requested("sales"));
  }

  @Test
  void a_failure_of_the_current_attempt_counts_whichever_delivery_it_was() {
    given(anExecution(enrich("company")).after(timerFires().at("11:00:00")))
        .when(attempt(1).of("company").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("company", 1, RUNTIME, "boom"),
            stepFailed("company", 1, RUNTIME, "boom"),
            suspendedBy("company", RUNTIME, "boom"));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(
            "a failure of an older attempt",
            atAttemptTwo(),
            attempt(1).of("company").failsTransiently("late"),
            STALE_ATTEMPT,
            "company#1.1.1"),
        arguments(
            "a failure that arrives again while its retry waits",
            waitingForAttemptTwo(),
            attempt(1).of("company").failsTransiently("again"),
            STALE_ATTEMPT,
            "company#1.1.1"),
        arguments(
            "the second success",
            atAttemptTwo().after(attempt(1).of("company").succeeds("first")),
            attempt(2).of("company").succeeds("second"),
            ALREADY_DECIDED,
            "company#1.2.1"),
        arguments(
            "a failure after the success",
            atAttemptTwo().after(attempt(1).of("company").succeeds("first")),
            attempt(2).of("company").fails(RUNTIME, "late"),
            ALREADY_DECIDED,
            "company#1.2.1"),
        arguments(
            "a success after the step became a dead letter",
            anExecution(enrich("company")).after(attempt(1).of("company").fails(RUNTIME, "boom")),
            attempt(1).of("company").succeeds("late"),
            ALREADY_DECIDED,
            "company#1.1.1"),
        arguments(
            "an outcome for an execution that nobody knows",
            notStarted(enrich("company")),
            attempt(1).of("company").succeeds("ok"),
            UNKNOWN_EXECUTION,
            "company#1.1.1"),
        arguments(
            "an outcome after the end",
            anExecution(enrich("company")).after(attempt(1).of("company").succeeds("ok")),
            attempt(1).of("company").succeeds("again"),
            UNKNOWN_EXECUTION,
            "company#1.1.1"),
        arguments(
            "an outcome for a step that is still to come",
            anExecution(enrich("company"), tell("sales", "x")),
            attempt(1).of("sales").succeeds("made up"),
            NOT_EXPECTED,
            "sales#1.1.1"),
        arguments(
            "an outcome for a step that the workflow does not have",
            anExecution(enrich("company")),
            attempt(1).of("company/9/nowhere").succeeds("made up"),
            NOT_EXPECTED,
            "company/9/nowhere#1.1.1"),
        arguments(
            "an outcome of an attempt that never went out",
            anExecution(enrich("company")),
            attempt(2).of("company").succeeds("made up"),
            NOT_EXPECTED,
            "company#1.2.1"),
        arguments(
            "an outcome of a retry that has not gone out yet",
            waitingForAttemptTwo(),
            attempt(2).of("company").succeeds("made up"),
            NOT_EXPECTED,
            "company#1.2.1"),
        arguments(
            "an outcome of a step that is held before its first attempt",
            anExecution(enrich("company"), tell("sales", "x"))
                .after(operator(Control.Verb.PAUSE), attempt(1).of("company").succeeds("ok")),
            attempt(1).of("sales").succeeds("made up"),
            NOT_EXPECTED,
            "sales#1.1.1"),
        arguments(
            "a success of another generation",
            anExecution(enrich("company")),
            attempt(1).of("company").generation(2).succeeds("other request"),
            STALE_ATTEMPT,
            "company#2.1.1"),
        arguments(
            "a failure of another generation",
            anExecution(enrich("company")),
            attempt(1).of("company").generation(2).fails(RUNTIME, "other request"),
            STALE_ATTEMPT,
            "company#2.1.1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void changes_nothing(
      String what,
      Scenario.AnExecution execution,
      Happening outcome,
      IgnoredReason reason,
      String command) {
    given(execution).when(outcome).then(outcomeIgnored(reason, command)).sends();
  }

  @ParameterizedTest
  @EnumSource(Control.Verb.class)
  void no_verb_reaches_an_execution_that_nobody_knows(Control.Verb verb) {
    given(notStarted(enrich("company")))
        .when(operator(verb))
        .then(ignored(UNKNOWN_EXECUTION, verb.id() + " c-1"));
  }

  @Test
  void an_event_that_is_delivered_twice_starts_once() {
    given(anExecution(enrich("company")))
        .when(started())
        .then(ignored(DUPLICATE_EVENT, EVENT))
        .sends();
  }

  @Test
  void an_event_that_was_seen_before_starts_nothing_even_when_its_execution_is_forgotten() {
    given(anExecution(enrich("company")).after(attempt(1).of("company").succeeds("ok")))
        .when(startedBySomethingSeenBefore())
        .then(ignored(DUPLICATE_EVENT, EVENT))
        .sends();
  }

  @Test
  void an_event_older_than_the_deduplication_window_starts_nothing() {
    given(notStarted(enrich("company")))
        .when(startedByAnEventOf(Times.at("1T09:59:59")).at("5T10:00:00"))
        .then(ignored(TOO_OLD, EVENT))
        .sends();
  }

  @Test
  void an_event_just_inside_the_window_starts() {
    given(notStarted(enrich("company")))
        .when(startedByAnEventOf(Times.at("1T10:00:00")).at("5T10:00:00"))
        .then(executionStarted(), requested("company"), wakeUp("5T11:00:00"));
  }

  @Test
  void an_event_from_a_front_door_whose_clock_is_ahead_starts() {
    given(notStarted(enrich("company")))
        .when(startedByAnEventOf(Times.at("11T10:00:00")).at("1T10:00:00"))
        .then(executionStarted(), requested("company"), wakeUp("11:00:00"));
  }
}
