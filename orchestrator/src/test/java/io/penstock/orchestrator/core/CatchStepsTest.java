package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.foreach;
import static io.penstock.orchestrator.core.Defined.leaving;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.toOutput;
import static io.penstock.orchestrator.core.Defined.toSteps;
import static io.penstock.orchestrator.core.Defined.waiting;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.completedTakingOver;
import static io.penstock.orchestrator.core.ExpectedFact.completedWith;
import static io.penstock.orchestrator.core.ExpectedFact.errorCaught;
import static io.penstock.orchestrator.core.ExpectedFact.errorOfCaught;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.scopesCancelled;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.waitStarted;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.schema.message.ErrorType.EXPRESSION;
import static io.penstock.schema.message.ErrorType.RUNTIME;

import io.penstock.schema.definition.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Several steps instead of one that has failed: tell somebody, wait, resume more simply. */
class CatchStepsTest {
  private static final Step SCORE =
      caught(
          enrich("score", "{{ input.email }}"),
          toSteps(
              tell("say", "{{ error.type }}"),
              waiting("breathe", "10m"),
              enrich("again", "{{ [error.message, steps.say.output] }}")));
  private static final Step AFTER = tell("after", "{{ steps.score.output }}");

  private static Scenario.AnExecution failed() {
    return anExecution(SCORE, AFTER).after(attempt(1).of("score").fails(RUNTIME, "boom"));
  }

  @Test
  void the_first_of_them_follows_the_failure() {
    given(anExecution(SCORE, AFTER))
        .when(attempt(1).of("score").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("score", 1, RUNTIME, "boom"),
            errorCaught("score", 0, RUNTIME, "boom"),
            requested("score/catch0/say"))
        .sendsContext("{\"error\":{\"type\":\"runtime\"}}");
  }

  @Test
  void they_wait_as_any_step_does() {
    given(failed())
        .when(attempt(1).of("score/catch0/say").succeeds("told").at("10:00:10"))
        .then(
            completed("score/catch0/say", "told"),
            waitStarted("score/catch0/breathe", "10:10:10"),
            wakeUp("10:10:10"))
        .waitsUntil("10:10:10");
  }

  @Test
  void each_sees_the_error_and_those_before_it() {
    given(failed().after(attempt(1).of("score/catch0/say").succeeds("told").at("10:00:10")))
        .when(timerFires().at("10:10:10"))
        .then(
            completedWith("score/catch0/breathe", null),
            requested("score/catch0/again"),
            wakeUp("11:10:10"))
        .sendsContext(
            "{\"error\":{\"message\":\"boom\"},\"steps\":{\"say\":{\"output\":\"told\"}}}");
  }

  @Test
  void the_step_completes_with_what_the_last_of_them_gives() {
    given(
            failed()
                .after(
                    attempt(1).of("score/catch0/say").succeeds("told").at("10:00:10"),
                    timerFires().at("10:10:10")))
        .when(attempt(1).of("score/catch0/again").succeeds(7))
        .then(
            completed("score/catch0/again", 7),
            completedTakingOver("score", "score/catch0/again"),
            requested("after"))
        .sendsContext("{\"steps\":{\"score\":{\"output\":7}}}");
  }

  @Test
  void an_output_beside_them_sees_them_and_the_error() {
    given(
            anExecution(
                    caught(
                        enrich("score"),
                        leaving(
                            "{{ error.type }} {{ steps.say.output }}", toSteps(tell("say", "x")))))
                .after(attempt(1).of("score").fails(RUNTIME, "boom")))
        .when(attempt(1).of("score/catch0/say").succeeds("told"))
        .then(
            completed("score/catch0/say", "told"),
            completedWith("score", "runtime told"),
            ExpectedFact.executionCompleted(),
            ExpectedFact.forgotten());
  }

  @Test
  void an_output_that_cannot_be_made_fails_and_no_second_catch_and_no_replay_is_waited_for() {
    given(unmakeable())
        .when(attempt(1).of("score/catch0/say").succeeds("told"))
        .then(
            completed("score/catch0/say", "told"),
            stepFailed("score", 2, EXPRESSION, UNMAKEABLE),
            ExpectedFact.executionFailed("score", EXPRESSION, UNMAKEABLE),
            ExpectedFact.keptFor(Duration.ofDays(30)));
  }

  @Test
  void a_foreach_that_tolerates_it_goes_on() {
    given(
            anExecution(
                    Defined.tolerating(
                        foreach(
                            "each",
                            "[1]",
                            1,
                            caught(
                                enrich("score"),
                                leaving("{{ input.nobody }}", toSteps(tell("say", "x"))))),
                        1))
                .after(attempt(1).of("each/0/score").fails(RUNTIME, "boom")))
        .when(attempt(1).of("each/0/score/catch0/say").succeeds("told"))
        .then(
            completed("each/0/score/catch0/say", "told"),
            ExpectedFact.scopeFailed("each/0", EXPRESSION, UNMAKEABLE),
            ExpectedFact.iterated("each", 1, 1, "score"),
            ExpectedFact.executionCompleted(),
            ExpectedFact.forgotten());
  }

  private static final String UNMAKEABLE =
      "output of catch 0: cannot evaluate 'input.nobody': input.nobody is not there ('input' has"
          + " no such member); where it may be absent write input[?\"nobody\"].orValue(…)";

  /** After two attempts and with one step of its handling under way. */
  private static Scenario.AnExecution unmakeable() {
    return anExecution(
            caught(
                retriedAfter(enrich("score"), Duration.ofSeconds(10)),
                leaving("{{ input.nobody }}", toSteps(tell("say", "x"))),
                toOutput("never")))
        .after(
            attempt(1).of("score").failsTransiently("503").at("10:00:01"),
            timerFires().at("10:00:11"),
            attempt(2).of("score").fails(RUNTIME, "boom"));
  }

  @Test
  void a_failure_among_them_is_the_dead_letter_itself() {
    given(failed())
        .when(attempt(1).of("score/catch0/say").fails(RUNTIME, "bang"))
        .then(
            attemptFailed("score/catch0/say", 1, RUNTIME, "bang"),
            stepFailed("score/catch0/say", 1, RUNTIME, "bang"),
            suspendedBy("score/catch0/say", RUNTIME, "bang"))
        .leavesDeadLetter("score/catch0/say#1.1.1 runtime");
  }

  @Test
  void one_of_them_may_have_a_catch_of_its_own_whose_error_hides_the_first() {
    given(
            anExecution(
                    caught(
                        enrich("score"),
                        toSteps(
                            caught(enrich("plan-b"), toSteps(tell("say", "{{ error.message }}"))),
                            tell("end", "{{ error.message }}"))))
                .after(
                    attempt(1).of("score").fails(RUNTIME, "boom"),
                    attempt(1).of("score/catch0/plan-b").fails(RUNTIME, "bang")))
        .when(attempt(1).of("score/catch0/plan-b/catch0/say").succeeds("told"))
        .then(
            completed("score/catch0/plan-b/catch0/say", "told"),
            completedTakingOver("score/catch0/plan-b", "score/catch0/plan-b/catch0/say"),
            requested("score/catch0/end"))
        .sendsContext("{\"error\":{\"message\":\"boom\"}}");
  }

  @Test
  void they_see_where_it_failed_after_how_many_attempts_and_of_what() {
    given(
            anExecution(
                caught(
                    enrich("score", "for {{ input.email }}"),
                    toSteps(tell("say", "{{ [error.step, error.attempts, error.input] }}")))))
        .when(attempt(1).of("score").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("score", 1, RUNTIME, "boom"),
            errorCaught("score", 0, RUNTIME, "boom"),
            requested("score/catch0/say"))
        .sendsContext(
            "{\"error\":{\"step\":\"score\",\"attempts\":1,\"input\":{\"method\":\"POST\","
                + "\"path\":\"/x\",\"body\":\"for ada@example.com\"}}}");
  }

  @Test
  void an_input_that_is_what_the_step_failed_of_is_null() {
    given(
            anExecution(
                caught(
                    enrich("score", "{{ input.nobody }}"),
                    toSteps(tell("say", "{{ error.input }}")))))
        .when(attempt(1).of("score").fails(EXPRESSION, "no such member"))
        .then(
            attemptFailed("score", 1, EXPRESSION, "no such member"),
            errorCaught("score", 0, EXPRESSION, "no such member"),
            requested("score/catch0/say"))
        .sendsContext("{\"error\":{\"input\":null}}");
  }

  @Test
  void around_a_foreach_they_are_told_which_step_of_which_item_failed() {
    given(
            anExecution(
                caught(
                    foreach("each", "['a', 'b']", 2, tell("call", "to {{ item }}")),
                    toSteps(tell("say", "{{ [error.step, error.input] }}")))))
        .when(attempt(1).of("each/1/call").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("each/1/call", 1, RUNTIME, "boom"),
            scopesCancelled("each/0", "each/1"),
            errorOfCaught("each/1/call", "each", 0, RUNTIME, "boom"),
            requested("each/catch0/say"))
        .sendsContext("{\"error\":{\"step\":\"each/1/call\",\"input\":{\"text\":\"to b\"}}}");
  }
}
