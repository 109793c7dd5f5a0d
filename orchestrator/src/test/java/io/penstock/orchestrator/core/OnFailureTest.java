package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.failing;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.workflow;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.executionFailed;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.ignored;
import static io.penstock.orchestrator.core.ExpectedFact.keptFor;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.IgnoredReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of an execution when nothing caught the error. */
class OnFailureTest {
  private static final Workflow FAILING = failing(workflow(enrich("company"), tell("sales", "x")));

  @Test
  void by_default_the_step_becomes_a_dead_letter_and_the_execution_waits() {
    given(anExecution(enrich("company"), tell("sales", "x")))
        .when(attempt(1).of("company").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("company", 1, RUNTIME, "boom"),
            stepFailed("company", 1, RUNTIME, "boom"),
            suspendedBy("company", RUNTIME, "boom"))
        .leavesDeadLetter("company#1.1.1 runtime")
        .sends()
        .status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void a_dead_letter_is_the_last_command_with_its_context() {
    Scenario.Then result =
        given(anExecution(enrich("company", "{{ input.email }}")))
            .when(attempt(1).of("company").fails(RUNTIME, "boom"));
    assertThat(result.result().messages())
        .singleElement()
        .isInstanceOfSatisfying(
            Message.DeadCommand.class,
            dead -> {
              assertThat(dead.request().context().toString())
                  .isEqualTo("{\"input\":{\"email\":\"ada@example.com\"}}");
              assertThat(dead.error().message()).isEqualTo("boom");
            });
  }

  @Test
  void a_workflow_may_say_that_it_fails() {
    given(anExecution(FAILING))
        .when(attempt(1).of("company").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("company", 1, RUNTIME, "boom"),
            stepFailed("company", 1, RUNTIME, "boom"),
            executionFailed("company", RUNTIME, "boom"),
            keptFor(Duration.ofDays(30)))
        .sends()
        .status(ExecutionStatus.FAILED);
  }

  @Test
  void a_failed_execution_is_forgotten_after_thirty_days() {
    given(
            anExecution(FAILING)
                .after(attempt(1).of("company").fails(RUNTIME, "boom").at("10:00:04")))
        .when(timerFires().at("31T10:00:04"))
        .then(forgotten());
  }

  @Test
  void a_failed_execution_is_kept_until_then() {
    given(
            anExecution(FAILING)
                .after(attempt(1).of("company").fails(RUNTIME, "boom").at("10:00:04")))
        .when(timerFires().at("31T10:00:03"))
        .then(
            ignored(IgnoredReason.NOT_DUE, "timer of 2026-01-31T10:00:04Z"),
            ExpectedFact.wakeUp("31T10:00:04"));
  }

  @Test
  void outcomes_for_a_failed_execution_come_too_late() {
    given(anExecution(FAILING).after(attempt(1).of("company").fails(RUNTIME, "boom")))
        .when(attempt(1).of("company").succeeds("ok"))
        .then(outcomeIgnored(IgnoredReason.ALREADY_DECIDED, "company#1.1.1"));
  }

  @ParameterizedTest
  @EnumSource(Control.Verb.class)
  void no_verb_applies_to_a_failed_execution(Control.Verb verb) {
    given(anExecution(FAILING).after(attempt(1).of("company").fails(RUNTIME, "boom")))
        .when(Happening.operator(verb))
        .then(ignored(IgnoredReason.NOT_APPLICABLE, verb.id() + " c-1"));
  }
}
