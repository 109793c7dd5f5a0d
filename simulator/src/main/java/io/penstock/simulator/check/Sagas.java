package io.penstock.simulator.check;

import io.penstock.schema.definition.CompensationOrder;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Completed steps that can be undone are undone exactly once, newest first, if and only if the saga
 * turns back. Judged by the definition and by which steps completed, not by the core's own list.
 */
final class Sagas {
  private Sagas() {}

  static void undoWhatWasDone(Evidence evidence, Consumer<String> broken) {
    evidence.starts().forEach((execution, start) -> undo(evidence, execution, start, broken));
  }

  private static void undo(
      Evidence evidence,
      ExecutionId execution,
      EventAccepted.Start start,
      Consumer<String> broken) {
    Optional<Workflow> workflow =
        evidence.cluster().definitions().find(start.workflow(), start.version());
    if (workflow.isEmpty()) {
      return;
    }
    List<StepPath> done = new ArrayList<>();
    List<StepPath> begun = new ArrayList<>();
    Set<StepPath> undone = new HashSet<>();
    boolean back = false;
    boolean compensated = false;
    for (Fact fact : evidence.facts(execution)) {
      switch (fact) {
        case Fact.StepCompleted f -> {
          if (f.attempt() > 0 && isUndoable(workflow.get(), f.path())) {
            done.add(f.path());
          }
        }
        case Fact.CompensationStarted ignored -> back = true;
        case Fact.StepCompensationStarted f -> begun.add(f.path());
        case Fact.StepCompensated f -> {
          if (!undone.add(f.path())) {
            broken.accept(execution + "/" + f.path() + " was undone twice");
          }
        }
        case Fact.ExecutionCompensated ignored -> compensated = true;
        default -> {} // says nothing about it
      }
    }
    if (!back && !begun.isEmpty()) {
      broken.accept(execution + " undid " + begun + " without turning back");
    }
    if (compensated && !undone.equals(new HashSet<>(done))) {
      broken.accept(execution + " had done " + done + " and undid " + undone);
    }
    if (begun.size() > new HashSet<>(begun).size()) {
      broken.accept(execution + " began to undo a step twice: " + begun);
    }
    if (compensated && workflow.get().compensation() == CompensationOrder.REVERSE) {
      List<StepPath> expected = new ArrayList<>(done.reversed());
      if (!begun.equals(expected)) {
        broken.accept(execution + " undid " + begun + " instead of " + expected);
      }
    }
  }

  private static boolean isUndoable(Workflow workflow, StepPath path) {
    return workflow.step(path).flatMap(Step::compensation).isPresent();
  }
}
