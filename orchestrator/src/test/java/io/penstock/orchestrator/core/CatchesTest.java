package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.call;
import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.otherwise;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.Defined.route;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.toAction;
import static io.penstock.orchestrator.core.Defined.toOutput;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.completedTakingOver;
import static io.penstock.orchestrator.core.ExpectedFact.completedWith;
import static io.penstock.orchestrator.core.ExpectedFact.errorCaught;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.retryScheduled;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.schema.message.ErrorType.COMMUNICATION;
import static io.penstock.schema.message.ErrorType.EXPRESSION;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static io.penstock.schema.message.ErrorType.TIMEOUT;

import io.penstock.schema.definition.Step;
import io.penstock.schema.message.IgnoredReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is done instead when a step has failed. */
class CatchesTest {
  private static final Step WITH_ACTION =
      caught(
          enrich("score"),
          toAction(call("{{ error.type }}: {{ error.message }} {{ input.email }}"), RUNTIME));
  private static final Step AFTER = tell("after", "{{ steps.score.output }}");

  @Test
  void a_fallback_output_completes_the_step() {
    given(anExecution(caught(enrich("score"), toOutput(0, RUNTIME)), AFTER))
        .when(attempt(1).of("score").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("score", 1, RUNTIME, "boom"),
            errorCaught("score", 0, RUNTIME, "boom"),
            completedWith("score", 0),
            requested("after"))
        .sendsContext("{\"steps\":{\"score\":{\"output\":0}}}");
  }

  @Test
  void a_fallback_output_can_say_what_went_wrong() {
    given(
            anExecution(
                caught(
                    enrich("score"), toOutput(List.of("{{ error.type }}", "{{ error.message }}"))),
                AFTER))
        .when(attempt(1).of("score").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("score", 1, RUNTIME, "boom"),
            errorCaught("score", 0, RUNTIME, "boom"),
            completedWith("score", List.of("runtime", "boom")),
            requested("after"));
  }

  @Test
  void only_the_named_types_are_caught() {
    given(anExecution(caught(enrich("score"), toOutput(0, TIMEOUT)), AFTER))
        .when(attempt(1).of("score").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("score", 1, RUNTIME, "boom"),
            stepFailed("score", 1, RUNTIME, "boom"),
            suspendedBy("score", RUNTIME, "boom"));
  }

  @Test
  void the_first_catch_that_names_the_type_takes_it() {
    given(
            anExecution(
                caught(
                    enrich("score"),
                    toOutput("a", TIMEOUT),
                    toOutput("b", RUNTIME),
                    toOutput("c"))))
        .when(attempt(1).of("score").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("score", 1, RUNTIME, "boom"),
            errorCaught("score", 1, RUNTIME, "boom"),
            completedWith("score", "b"),
            ExpectedFact.executionCompleted(),
            ExpectedFact.forgotten());
  }

  @Test
  void a_catch_waits_until_no_retry_is_left() {
    given(
            anExecution(
                caught(
                    retriedAfter(enrich("score"), Duration.ofSeconds(1)),
                    toOutput(0, COMMUNICATION))))
        .when(attempt(1).of("score").failsTransiently("503").at("10:00:04"))
        .then(
            attemptFailed("score", 1, COMMUNICATION, "503"),
            retryScheduled("score", 2, "10:00:05"),
            wakeUp("10:00:05"));
  }

  @Test
  void a_fallback_action_is_requested_with_the_error_in_view() {
    given(anExecution(WITH_ACTION, AFTER))
        .when(attempt(1).of("score").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("score", 1, RUNTIME, "boom"),
            errorCaught("score", 0, RUNTIME, "boom"),
            requested("score/catch0/fallback"))
        .sendsContext(
            "{\"error\":{\"type\":\"runtime\",\"message\":\"boom\"},"
                + "\"input\":{\"email\":\"ada@example.com\"}}");
  }

  @Test
  void the_step_takes_over_the_output_of_its_fallback_action() {
    given(anExecution(WITH_ACTION, AFTER).after(attempt(1).of("score").fails(RUNTIME, "boom")))
        .when(attempt(1).of("score/catch0/fallback").succeeds(12))
        .then(
            completed("score/catch0/fallback", 12),
            completedTakingOver("score", "score/catch0/fallback"),
            requested("after"))
        .sendsContext("{\"steps\":{\"score\":{\"output\":12}}}");
  }

  @Test
  void a_fallback_action_that_fails_is_the_dead_letter_itself() {
    given(anExecution(WITH_ACTION, AFTER).after(attempt(1).of("score").fails(RUNTIME, "boom")))
        .when(attempt(1).of("score/catch0/fallback").fails(RUNTIME, "bang"))
        .then(
            attemptFailed("score/catch0/fallback", 1, RUNTIME, "bang"),
            stepFailed("score/catch0/fallback", 1, RUNTIME, "bang"),
            suspendedBy("score/catch0/fallback", RUNTIME, "bang"))
        .leavesDeadLetter("score/catch0/fallback#1.1.1 runtime");
  }

  @Test
  void a_late_success_of_the_step_does_not_interrupt_its_fallback_action() {
    given(anExecution(WITH_ACTION, AFTER).after(attempt(1).of("score").fails(RUNTIME, "boom")))
        .when(attempt(1).of("score").succeeds(99))
        .then(outcomeIgnored(IgnoredReason.ALREADY_DECIDED, "score#1.1.1"));
  }

  @Test
  void a_fallback_output_that_cannot_be_made_is_an_expression_error_of_the_step() {
    String message =
        "output of catch 0: cannot evaluate 'input.nobody': input.nobody is not there ('input' has"
            + " no such member); where it may be absent write input[?\"nobody\"].orValue(…)";
    given(anExecution(caught(enrich("score"), toOutput(Map.of("x", "{{ input.nobody }}")))))
        .when(attempt(1).of("score").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("score", 1, RUNTIME, "boom"),
            stepFailed("score", 1, EXPRESSION, message),
            suspendedBy("score", EXPRESSION, message));
  }

  @Test
  void a_route_that_fails_can_be_caught_too() {
    given(
            anExecution(caught(route("pipeline", otherwise(enrich("deal"))), toAction(call("x"))))
                .after(attempt(1).of("pipeline").fails(EXPRESSION, "no such member")))
        .when(attempt(1).of("pipeline/catch0/fallback").succeeds("plan b"))
        .then(
            completed("pipeline/catch0/fallback", "plan b"),
            completedTakingOver("pipeline", "pipeline/catch0/fallback"),
            ExpectedFact.executionCompleted(),
            ExpectedFact.forgotten());
  }
}
