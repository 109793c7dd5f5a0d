package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.call;
import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.toAction;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.ignored;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.reopened;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.retryScheduled;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.replayOf;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.schema.message.Control.Verb.PAUSE;
import static io.penstock.schema.message.Control.Verb.REPLAY;
import static io.penstock.schema.message.ErrorType.COMMUNICATION;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.StepPath;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An operator replays a dead letter. */
class ReplayTest {

  /** Attempt 1 and its only retry failed. */
  private static Scenario.AnExecution dead() {
    return anExecution(retriedAfter(enrich("company"), Duration.ofSeconds(1)), tell("sales", "x"))
        .after(
            attempt(1).of("company").failsTransiently("429").at("10:00:04"),
            timerFires().at("10:00:05"),
            attempt(2).of("company").failsTransiently("503").at("10:00:06"));
  }

  @Test
  void the_step_is_tried_again_as_its_next_attempt() {
    given(dead())
        .when(operator(REPLAY))
        .then(reopened("company", 3), requested("company").attempt(3))
        .sends("company#1.3.1")
        .status(ExecutionStatus.RUNNING);
  }

  @Test
  void it_has_all_its_retries_again() {
    given(dead().after(operator(REPLAY)))
        .when(attempt(3).of("company").failsTransiently("503").at("10:10:00"))
        .then(
            attemptFailed("company", 3, COMMUNICATION, "503"),
            retryScheduled("company", 4, "10:10:01"),
            wakeUp("10:10:01"));
  }

  @Test
  void it_is_the_same_call_to_the_outside() {
    Scenario.Then replayed = given(dead()).when(operator(REPLAY));
    Message.Command command = (Message.Command) replayed.result().messages().getFirst();
    assertThat(command.request().id().idempotencyKey())
        .isEqualTo(
            new CommandId(replayed.execution().id(), new StepPath("company"), 1, 1, 1)
                .idempotencyKey());
  }

  @Test
  void its_success_goes_on_with_the_steps_that_follow() {
    given(dead().after(operator(REPLAY)))
        .when(attempt(3).of("company").succeeds("ok"))
        .then(completed("company", 3, "ok"), requested("sales"));
  }

  @Test
  void a_late_success_of_an_attempt_before_the_replay_counts() {
    given(dead().after(operator(REPLAY)))
        .when(attempt(1).of("company").succeeds("ok"))
        .then(completed("company", 1, "ok"), requested("sales"));
  }

  @Test
  void a_late_failure_of_an_attempt_before_the_replay_does_not() {
    given(dead().after(operator(REPLAY)))
        .when(attempt(2).of("company").fails(RUNTIME, "late"))
        .then(outcomeIgnored(IgnoredReason.STALE_ATTEMPT, "company#1.2.1"));
  }

  @Test
  void replaying_twice_replays_once() {
    given(dead().after(operator(REPLAY)))
        .when(operator(REPLAY))
        .then(ignored(IgnoredReason.NOT_APPLICABLE, "replay c-1"));
  }

  @Test
  void a_replay_may_name_its_step() {
    given(dead())
        .when(replayOf("company"))
        .then(reopened("company", 3), requested("company").attempt(3));
  }

  @Test
  void a_replay_of_another_step_does_not_apply() {
    given(dead()).when(replayOf("sales")).then(ignored(IgnoredReason.NOT_APPLICABLE, "replay c-1"));
  }

  @Test
  void a_step_that_died_while_the_execution_was_paused_is_held_until_it_resumes() {
    given(
            anExecution(enrich("company"))
                .after(operator(PAUSE), attempt(1).of("company").fails(RUNTIME, "boom")))
        .when(operator(REPLAY))
        .then(reopened("company", 2))
        .sends()
        .status(ExecutionStatus.PAUSED);
  }

  @Test
  void a_fallback_action_that_died_is_what_is_replayed() {
    given(
            anExecution(caught(enrich("score"), toAction(call("x"))))
                .after(
                    attempt(1).of("score").fails(RUNTIME, "boom"),
                    attempt(1).of("score/catch0/fallback").fails(RUNTIME, "bang")))
        .when(operator(REPLAY))
        .then(reopened("score/catch0/fallback", 2), requested("score/catch0/fallback").attempt(2));
  }

  @Test
  void an_execution_that_is_at_work_has_nothing_to_replay() {
    given(anExecution(enrich("company")))
        .when(operator(REPLAY))
        .then(ignored(IgnoredReason.NOT_APPLICABLE, "replay c-1"));
  }
}
