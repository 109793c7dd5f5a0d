package io.penstock.orchestrator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.CompensationOrder;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepPath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What must hold of the compensations of one execution, seen by its facts alone. */
final class SagaWatch {
  /** Completed by an attempt, and to be undone; the newest first. */
  private final Deque<StepPath> undoable = new ArrayDeque<>();

  private final Set<StepPath> atWork = new HashSet<>();
  private Set<StepPath> awaited = new HashSet<>();
  private boolean back;

  void watch(Fact fact, Workflow workflow) {
    switch (fact) {
      case Fact.StepCompleted f -> completed(f, workflow);
      case Fact.CompensationStarted f -> {
        assertThat(back).as("it turns back once").isFalse();
        back = true;
        awaited = new HashSet<>(f.awaited());
      }
      case Fact.AttemptRequested f ->
          assertThat(!back || Compensations.isOne(f.path()) || awaited.contains(f.path()))
              .as("%s goes out on the way back", f.path())
              .isTrue();
      case Fact.StepDropped f -> assertThat(awaited.remove(f.path())).isTrue();
      case Fact.StepCompensationStarted f -> {
        assertThat(back).isTrue();
        boolean reverse = workflow.compensation() == CompensationOrder.REVERSE;
        assertThat(!reverse || (atWork.isEmpty() && awaited.isEmpty()))
            .as("one after the other, and after those that are awaited")
            .isTrue();
        assertThat(f.path()).as("the newest first").isEqualTo(undoable.peekFirst());
        undoable.removeFirst();
        atWork.add(f.path());
      }
      case Fact.StepCompensated f ->
          assertThat(atWork.remove(f.path())).as("%s is undone once", f.path()).isTrue();
      case Fact.ExecutionCompensated ignored -> {
        assertThat(undoable).as("left as it was").isEmpty();
        assertThat(atWork).as("half undone").isEmpty();
        assertThat(awaited).as("not waited for").isEmpty();
      }
      case Fact.ExecutionCancelled ignored -> {} // may follow a bug, and compensates nothing then
      case Fact.ExecutionCompleted ignored -> assertThat(back).isFalse();
      case Fact.ExecutionFailed ignored -> assertThat(back).isFalse();
      default -> {} // says nothing about it
    }
  }

  private void completed(Fact.StepCompleted fact, Workflow workflow) {
    awaited.remove(fact.path());
    Optional<Step> step = workflow.step(fact.path());
    if (fact.attempt() > 0 && step.flatMap(Step::compensation).isPresent()) {
      undoable.addFirst(fact.path());
    }
  }
}
