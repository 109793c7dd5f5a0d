package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.due;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.failing;
import static io.penstock.orchestrator.core.Defined.lane;
import static io.penstock.orchestrator.core.Defined.lastly;
import static io.penstock.orchestrator.core.Defined.leaving;
import static io.penstock.orchestrator.core.Defined.parallel;
import static io.penstock.orchestrator.core.Defined.takingOnly;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.toOutput;
import static io.penstock.orchestrator.core.Defined.toSteps;
import static io.penstock.orchestrator.core.Defined.withOutput;
import static io.penstock.orchestrator.core.Defined.workflow;
import static io.penstock.orchestrator.core.ExpectedFact.allCancelled;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.cancelled;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.completedTakingOver;
import static io.penstock.orchestrator.core.ExpectedFact.completedWith;
import static io.penstock.orchestrator.core.ExpectedFact.errorOfCaught;
import static io.penstock.orchestrator.core.ExpectedFact.executionCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.executionFailed;
import static io.penstock.orchestrator.core.ExpectedFact.finallyStarted;
import static io.penstock.orchestrator.core.ExpectedFact.finallyStartedFailing;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.keptFor;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.overdue;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.schema.message.ErrorType.QUOTA;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static io.penstock.schema.message.ErrorType.TIMEOUT;
import static io.penstock.schema.message.ExecutionStatus.COMPLETED;
import static io.penstock.schema.message.ExecutionStatus.FAILED;

import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.IgnoredReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a workflow does about a failure that no step has caught, and what it does at its end. */
class WorkflowHandlersTest {
  private static final String SAY = "@workflow/catch0/say";
  private static final String CLEAN = "@workflow/finally/clean";
  private static final Workflow TWO_STEPS =
      withOutput(workflow(enrich("one"), enrich("two")), "{{ steps.two.output }}");
  private static final Workflow CAUGHT =
      caught(TWO_STEPS, toSteps(tell("say", "{{ [error.step, steps.one.output] }}")));
  private static final Workflow CLEANED =
      lastly(TWO_STEPS, tell("clean", "{{ error == null ? 'fine' : error.type }}"));
  private static final Duration A_MONTH = Duration.ofDays(30);

  private static Scenario.AnExecution afterOne(Workflow workflow) {
    return anExecution(workflow).after(attempt(1).of("one").succeeds(1));
  }

  @Test
  void a_failure_that_nothing_caught_goes_to_the_catch_of_the_workflow() {
    given(afterOne(CAUGHT))
        .when(attempt(1).of("two").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("two", 1, RUNTIME, "boom"),
            stepFailed("two", 1, RUNTIME, "boom"),
            allCancelled(),
            errorOfCaught("two", "@workflow", 0, RUNTIME, "boom"),
            requested(SAY))
        .sendsContext("{\"error\":{\"step\":\"two\"},\"steps\":{\"one\":{\"output\":1}}}");
  }

  @Test
  void what_it_gives_is_the_output_of_the_execution() {
    given(afterOne(CAUGHT).after(attempt(1).of("two").fails(RUNTIME, "boom")))
        .when(attempt(1).of(SAY).succeeds("told"))
        .then(
            completed(SAY, "told"),
            completedTakingOver("@workflow", SAY),
            executionCompleted("told"),
            forgotten())
        .status(COMPLETED);
  }

  @Test
  void it_can_give_an_output_at_once() {
    given(afterOne(caught(TWO_STEPS, toOutput("sorry: {{ error.message }}"))))
        .when(attempt(1).of("two").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("two", 1, RUNTIME, "boom"),
            stepFailed("two", 1, RUNTIME, "boom"),
            allCancelled(),
            errorOfCaught("two", "@workflow", 0, RUNTIME, "boom"),
            completedWith("@workflow", "sorry: boom"),
            executionCompleted("sorry: boom"),
            forgotten());
  }

  @Test
  void other_errors_are_left_to_on_failure() {
    given(afterOne(caught(TWO_STEPS, takingOnly(toOutput("sorry"), TIMEOUT))))
        .when(attempt(1).of("two").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("two", 1, RUNTIME, "boom"),
            stepFailed("two", 1, RUNTIME, "boom"),
            suspendedBy("two", RUNTIME, "boom"));
  }

  @Test
  void what_a_step_catches_never_gets_there() {
    Step one = caught(enrich("one"), toOutput("plan b"));
    given(anExecution(caught(workflow(one, enrich("two")), toOutput("never"))))
        .when(attempt(1).of("one").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("one", 1, RUNTIME, "boom"),
            ExpectedFact.errorCaught("one", 0, RUNTIME, "boom"),
            completedWith("one", "plan b"),
            requested("two"));
  }

  @Test
  void what_was_at_work_beside_the_failure_is_dropped() {
    Step both = parallel("both", lane("a", enrich("x")), lane("b", enrich("y")));
    given(
            anExecution(caught(workflow(both), toSteps(tell("say", "x"))))
                .after(attempt(1).of("both/a/x").fails(RUNTIME, "boom")))
        .when(attempt(1).of("both/b/y").succeeds("late"))
        .then(outcomeIgnored(IgnoredReason.NOT_EXPECTED, "both/b/y#1.1.1"));
  }

  @Test
  void a_failure_in_the_catch_of_the_workflow_is_not_caught_by_it_again() {
    given(afterOne(CAUGHT).after(attempt(1).of("two").fails(RUNTIME, "boom")))
        .when(attempt(1).of(SAY).fails(RUNTIME, "bang"))
        .then(
            attemptFailed(SAY, 1, RUNTIME, "bang"),
            stepFailed(SAY, 1, RUNTIME, "bang"),
            suspendedBy(SAY, RUNTIME, "bang"))
        .leavesDeadLetter(SAY + "#1.1.1 runtime");
  }

  @Test
  void it_can_be_replayed() {
    given(
            afterOne(CAUGHT)
                .after(
                    attempt(1).of("two").fails(RUNTIME, "boom"),
                    attempt(1).of(SAY).fails(RUNTIME, "bang")))
        .when(operator(Control.Verb.REPLAY))
        .then(ExpectedFact.reopened(SAY, 2), requested(SAY).attempt(2));
  }

  @Test
  void an_output_of_it_that_cannot_be_made_fails_the_execution() {
    Workflow workflow =
        caught(TWO_STEPS, leaving("{{ steps.two.output }}", toSteps(tell("say", "x"))));
    Scenario.Then result =
        given(afterOne(workflow).after(attempt(1).of("two").fails(RUNTIME, "boom")))
            .when(attempt(1).of(SAY).succeeds("told"));
    result.status(FAILED);
  }

  @Test
  void finally_runs_before_an_execution_completes() {
    given(afterOne(CLEANED))
        .when(attempt(1).of("two").succeeds(2))
        .then(completed("two", 2), finallyStarted(), requested(CLEAN))
        .sendsContext("{\"error\":null}");
  }

  @Test
  void the_execution_completes_after_it_with_its_own_output() {
    given(afterOne(CLEANED).after(attempt(1).of("two").succeeds(2)))
        .when(attempt(1).of(CLEAN).succeeds("tidy"))
        .then(completed(CLEAN, "tidy"), executionCompleted(2), forgotten());
  }

  @Test
  void finally_runs_before_an_execution_fails() {
    given(afterOne(failing(CLEANED)))
        .when(attempt(1).of("two").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("two", 1, RUNTIME, "boom"),
            stepFailed("two", 1, RUNTIME, "boom"),
            allCancelled(),
            finallyStartedFailing("two", RUNTIME, "boom"),
            requested(CLEAN))
        .sendsContext(
            "{\"error\":{\"type\":\"runtime\",\"message\":\"boom\",\"step\":\"two\","
                + "\"attempts\":1,\"input\":{\"method\":\"POST\",\"path\":\"/x\","
                + "\"body\":\"nothing\"}}}");
  }

  @Test
  void the_execution_fails_after_it() {
    given(afterOne(failing(CLEANED)).after(attempt(1).of("two").fails(RUNTIME, "boom")))
        .when(attempt(1).of(CLEAN).succeeds("tidy"))
        .then(completed(CLEAN, "tidy"), executionFailed("two", RUNTIME, "boom"), keptFor(A_MONTH))
        .status(FAILED);
  }

  @Test
  void a_suspended_execution_has_not_ended_so_finally_waits() {
    given(afterOne(CLEANED))
        .when(attempt(1).of("two").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("two", 1, RUNTIME, "boom"),
            stepFailed("two", 1, RUNTIME, "boom"),
            suspendedBy("two", RUNTIME, "boom"));
  }

  @Test
  void a_failure_in_finally_suspends_and_is_replayed_where_that_is_asked_for() {
    given(
            afterOne(CLEANED)
                .after(
                    attempt(1).of("two").succeeds(2),
                    attempt(1).of(CLEAN).fails(QUOTA, "no"),
                    operator(Control.Verb.REPLAY)))
        .when(attempt(2).of(CLEAN).succeeds("tidy"))
        .then(completed(CLEAN, 2, "tidy"), executionCompleted(2), forgotten());
  }

  @Test
  void a_failure_in_finally_fails_an_execution_that_had_gone_well() {
    given(afterOne(failing(CLEANED)).after(attempt(1).of("two").succeeds(2)))
        .when(attempt(1).of(CLEAN).fails(QUOTA, "no"))
        .then(
            attemptFailed(CLEAN, 1, QUOTA, "no"),
            stepFailed(CLEAN, 1, QUOTA, "no"),
            executionFailed(CLEAN, QUOTA, "no"),
            keptFor(A_MONTH));
  }

  @Test
  void one_that_was_to_fail_fails_of_what_it_failed_of_first() {
    given(afterOne(failing(CLEANED)).after(attempt(1).of("two").fails(RUNTIME, "boom")))
        .when(attempt(1).of(CLEAN).fails(QUOTA, "no"))
        .then(
            attemptFailed(CLEAN, 1, QUOTA, "no"),
            stepFailed(CLEAN, 1, QUOTA, "no"),
            executionFailed("two", RUNTIME, "boom"),
            keptFor(A_MONTH));
  }

  @Test
  void the_catch_of_the_workflow_comes_before_finally_and_does_not_take_its_failures() {
    Workflow both = failing(caught(CLEANED, toOutput("sorry")));
    given(afterOne(both).after(attempt(1).of("two").fails(RUNTIME, "boom")))
        .when(attempt(1).of(CLEAN).succeeds("tidy"))
        .then(completed(CLEAN, "tidy"), executionCompleted("sorry"), forgotten());
    given(afterOne(both).after(attempt(1).of("two").fails(RUNTIME, "boom")))
        .when(attempt(1).of(CLEAN).fails(QUOTA, "no"))
        .then(
            attemptFailed(CLEAN, 1, QUOTA, "no"),
            stepFailed(CLEAN, 1, QUOTA, "no"),
            executionFailed(CLEAN, QUOTA, "no"),
            keptFor(A_MONTH));
  }

  @Test
  void an_output_that_cannot_be_made_is_a_failure_before_finally() {
    Workflow workflow = withOutput(CLEANED, "{{ input.nobody }}");
    given(afterOne(workflow).after(attempt(1).of("two").succeeds(2)))
        .when(attempt(1).of(CLEAN).succeeds("tidy"))
        .status(FAILED);
  }

  @Test
  void a_cancelled_execution_ends_without_it() {
    given(afterOne(CLEANED)).when(operator(Control.Verb.CANCEL)).then(cancelled(), forgotten());
  }

  @Test
  void so_does_one_at_its_deadline() {
    given(anExecution(due(CLEANED, Duration.ofMinutes(5))))
        .when(Happening.timerFires().at("10:05:01"))
        .then(overdue());
  }
}
