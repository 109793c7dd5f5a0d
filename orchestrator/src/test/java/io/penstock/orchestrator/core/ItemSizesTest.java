package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.foreach;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.toOutput;
import static io.penstock.orchestrator.core.ExpectedFact.executionStartedWith;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.startedWith;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.ErrorType.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepPath;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists that are too long, and outputs that are too large when they are put together. */
class ItemSizesTest {
  private static final int LIMIT = 256 * 1024;
  private static final Step EACH = foreach("each", "input.list", 2, enrich("call"));

  private static Object listOf(int count, Object item) {
    return Map.of("list", Collections.nCopies(count, item));
  }

  @Test
  void a_list_of_just_the_limit_is_taken_in_slices() {
    String item = "x".repeat(1021); // 1,024 bytes with quotes and comma
    PlayedExecution execution = new PlayedExecution(Defined.workflow(EACH));
    execution.happens(startedWith(listOf(LIMIT / 1024 - 1, item)));
    execution.happens(timerFires()); // beside the input there was no room for it

    assertThat(Steps.iterating(execution.state(), new StepPath("each"))).isPresent();
    assertThat(execution.pieces().items(new StepPath("each"), 0))
        .hasValueSatisfying(slice -> assertThat(slice.items()).hasSize(ItemSlice.ITEMS));
    assertThat(execution.pieces().items(new StepPath("each"), 5))
        .hasValueSatisfying(slice -> assertThat(slice.items()).hasSize(5));
    assertThat(execution.pieces().items(new StepPath("each"), 6)).isEmpty();
  }

  @Test
  void a_larger_list_fails_the_step() {
    Object list = listOf(256, "x".repeat(1021));
    String tooLarge =
        "256 items with 262145 bytes; the limits are 100000 and 262144: pass references, or split"
            + " the list";
    given(notStarted(EACH))
        .when(startedWith(list))
        .then(
            executionStartedWith(list),
            stepFailed("each", 1, TOO_LARGE, tooLarge),
            suspendedBy("each", TOO_LARGE, tooLarge))
        .sends();
  }

  @Test
  void too_many_items_fail_the_step_however_small_they_are() {
    given(notStarted(EACH)).when(startedWith(listOf(100_001, 1))).status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void a_list_that_is_too_large_can_be_caught() {
    given(notStarted(Defined.caught(EACH, toOutput("none", TOO_LARGE))))
        .when(startedWith(listOf(100_001, 1)))
        .status(ExecutionStatus.COMPLETED);
  }

  /** Each of the outputs is taken; only what reads them together is refused. */
  private static PlayedExecution iterated(Workflow workflow, int rounds, int bytes) {
    PlayedExecution execution = new PlayedExecution(workflow);
    execution.happens(startedWith(listOf(rounds, 1)));
    for (int round = 0; round < rounds - 1; round++) {
      execution.happens(attempt(1).of("each/" + round + "/call").succeeds("x".repeat(bytes - 2)));
    }
    return execution;
  }

  private static PlayedExecution.Transition last(PlayedExecution execution, int rounds) {
    return execution.happens(attempt(1).of("each/" + (rounds - 1) + "/call").succeeds("ok"));
  }

  @Test
  void outputs_that_are_too_large_for_a_command_fail_the_step_that_reads_them() {
    Workflow workflow = Defined.workflow(EACH, tell("after", "{{ steps.each.output }}"));
    PlayedExecution.Transition ended = last(iterated(workflow, 4, LIMIT), 4);

    assertThat(failures(ended)).containsExactly(TOO_LARGE);
    assertThat(ended.messages()).noneMatch(Message.Command.class::isInstance);
  }

  @Test
  void outputs_that_are_too_large_to_be_put_together_at_all_do_too() {
    Workflow workflow =
        Defined.workflow(EACH, tell("after", "{{ steps.each.output }}"), tell("never", "reached"));
    PlayedExecution.Transition ended = last(iterated(workflow, 20, LIMIT), 20);

    assertThat(failures(ended)).containsExactly(TOO_LARGE);
  }

  @Test
  void what_is_not_read_may_be_as_large_as_it_likes() {
    Workflow workflow = Defined.workflow(EACH, tell("after", "{{ steps.each.output.failed }}"));
    PlayedExecution.Transition ended = last(iterated(workflow, 20, LIMIT), 20);

    assertThat(ended.messages()).hasAtLeastOneElementOfType(Message.Command.class);
  }

  @Test
  void an_output_of_the_workflow_that_puts_too_much_together_fails_the_execution() {
    Workflow workflow =
        Defined.withOutput(Defined.workflow(EACH), "{{ size(steps.each.output.items) }}");
    PlayedExecution.Transition ended = last(iterated(workflow, 20, LIMIT), 20);

    assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
  }

  private static List<ErrorType> failures(PlayedExecution.Transition transition) {
    return transition.facts().stream()
        .filter(Fact.StepFailed.class::isInstance)
        .map(fact -> ((Fact.StepFailed) fact).error().type())
        .toList();
  }
}
