package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.failing;
import static io.penstock.orchestrator.core.Defined.foreach;
import static io.penstock.orchestrator.core.Defined.lastly;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.toSteps;
import static io.penstock.orchestrator.core.Defined.workflow;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.started;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import org.junit.jupiter.api.Test;

/**
 * A step of a catch fails, and what is around takes that: it is told what the step was to do, also
 * where that named the first failure. Found by comparing generated workflows with the oracle.
 */
class FailureInsideACatchTest {
  private static final String AGAIN = "/catch0/again";
  private static final Step SCORE =
      caught(enrich("score"), toSteps(enrich("again", "after {{ error.message }}")));
  private static final Step SAY = tell("say", "{{ error.input.body }}");

  @Test
  void it_is_told_by_the_catch_of_the_workflow() {
    assertThat(sent(caught(workflow(SCORE), toSteps(SAY)), "score"))
        .isEqualTo("{\"error\":{\"input\":{\"body\":\"after boom\"}}}");
  }

  @Test
  void it_is_told_by_the_catch_of_a_foreach_around() {
    Step each = caught(foreach("each", "['a']", 1, SCORE), toSteps(SAY));
    assertThat(sent(workflow(each), "each/0/score"))
        .isEqualTo("{\"error\":{\"input\":{\"body\":\"after boom\"}}}");
  }

  @Test
  void it_is_told_by_finally() {
    assertThat(sent(failing(lastly(workflow(SCORE), SAY)), "score"))
        .isEqualTo("{\"error\":{\"input\":{\"body\":\"after boom\"}}}");
  }

  @Test
  void it_is_told_through_several_catches() {
    Step deep =
        caught(
            enrich("score"),
            toSteps(
                caught(
                    enrich("again", "after {{ error.message }}"),
                    toSteps(enrich("last", "after {{ error.input.body }}")))));
    PlayedExecution execution = new PlayedExecution(caught(workflow(deep), toSteps(SAY)));
    execution.happens(started());
    execution.happens(attempt(1).of("score").fails(RUNTIME, "boom"));
    execution.happens(attempt(1).of("score" + AGAIN).fails(RUNTIME, "bang"));
    assertThat(fails("score" + AGAIN + "/catch0/last", execution))
        .isEqualTo("{\"error\":{\"input\":{\"body\":\"after after boom\"}}}");
  }

  private static String sent(Workflow workflow, String score) {
    PlayedExecution execution = new PlayedExecution(workflow);
    execution.happens(started());
    execution.happens(attempt(1).of(score).fails(RUNTIME, "boom"));
    return fails(score + AGAIN, execution);
  }

  /** What the command carries that goes out next. */
  private static String fails(String step, PlayedExecution execution) {
    return execution.happens(attempt(1).of(step).fails(RUNTIME, "bang")).messages().stream()
        .filter(Message.Command.class::isInstance)
        .map(message -> ((Message.Command) message).request().context().toString())
        .findFirst()
        .orElseThrow();
  }
}
