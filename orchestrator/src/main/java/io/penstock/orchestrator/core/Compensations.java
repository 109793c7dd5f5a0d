package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Compensation;
import io.penstock.schema.definition.CompensationOrder;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.CompensationEnd;
import io.penstock.schema.message.CompensationTrigger;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.util.List;
import java.util.Optional;

/**
 * Undoes what has completed (Garcia-Molina and Salem, "Sagas", 1987): backward recovery, the newest
 * first. Calls that are on their way when it begins are waited for, since they may yet succeed and
 * would have to be undone, too.
 */
final class Compensations {
  private final Decision decision;
  private final Workflow workflow;
  private final Progress progress;

  Compensations(Decision decision, Workflow workflow, Progress progress) {
    this.decision = decision;
    this.workflow = workflow;
    this.progress = progress;
  }

  /** Whether a step is what undoes another. */
  static boolean isOne(StepPath path) {
    return Workflow.isCompensationSlot(path.scope().slot());
  }

  /** Whether all that was to be undone is, or has been let be. */
  static boolean areOver(Decision decision) {
    return !decision.isOver()
        && decision.control().isCompensating()
        && decision.control().open().isNone()
        && decision.control().compensations().newest().isEmpty();
  }

  /** A step has completed: remembered, if it can be undone. */
  void register(Fact.StepCompleted completed) {
    boolean byAnAttempt = completed.attempt() > 0; // a fallback's output leaves nothing to undo
    if (byAnAttempt && progress.step(completed.path()).compensation().isPresent()) {
      decision.add(new Fact.CompensationRegistered(completed.path()));
    }
  }

  /** Whether anything has completed, or is on its way, that could be undone. */
  boolean haveSomething() {
    return workflow.compensates()
        && (decision.control().compensations().newest().isPresent() || !awaited().isEmpty());
  }

  /**
   * Begins because of a failure that nothing caught.
   *
   * @param path empty: no step has failed, but the output of the whole
   */
  void failed(Optional<StepPath> path, StepError error) {
    begin(CompensationTrigger.FAILURE, path, Optional.of(error), Optional.empty());
  }

  void overdue(StepError error) {
    begin(CompensationTrigger.DEADLINE, Optional.empty(), Optional.of(error), Optional.empty());
  }

  void wished(CompensationTrigger trigger, Control control) {
    begin(trigger, Optional.empty(), Optional.empty(), Optional.of(control));
  }

  private void begin(
      CompensationTrigger trigger,
      Optional<StepPath> path,
      Optional<StepError> error,
      Optional<Control> wish) {
    boolean isAfterBug = decision.control().isBroken();
    decision.add(
        new Fact.CompensationStarted(
            trigger, path, error, wish.map(Control::by), wish.map(Control::reason), awaited()));
    if (isAfterBug) {
      progress.attempts().releaseHeld(); // with the same key: an answer that was lost comes again
    }
    goOn();
  }

  /** The next ones begin, as many as may be at work at a time. */
  void goOn() {
    while (mayBegin()) {
      StepPath step = decision.control().compensations().newest().orElseThrow();
      decision.add(new Fact.StepCompensationStarted(step));
      if (workflow.step(step).flatMap(Step::compensation).isPresent()) {
        progress.enter(step.slot(Compensation.SLOT));
      } else {
        decision.add(notInThisVersion(step));
      }
    }
  }

  /** An operator has moved the execution to a version that does not undo it. */
  private Fact notInThisVersion(StepPath step) {
    return new Fact.StepCompensated(
        step,
        CompensationEnd.SKIPPED,
        Optional.empty(),
        Optional.of("version " + workflow.version() + " does not undo it"));
  }

  private boolean mayBegin() {
    int atATime = workflow.compensation() == CompensationOrder.PARALLEL ? Limits.COMPENSATIONS : 1;
    return !decision.control().isBroken()
        && decision.control().compensations().newest().isPresent()
        && decision.control().open().dead() == 0
        && decision.control().open().total() < atATime;
  }

  /** The compensation of a step has completed. */
  void completed(StepPath compensation) {
    ended(owner(compensation), CompensationEnd.COMPLETED, Optional.empty());
  }

  /** A compensation has failed for good: a dead letter like any other. */
  void died(StepPath compensation, int attempt, StepError error) {
    decision.add(new Fact.StepFailed(compensation, attempt, error));
    decision.add(new Fact.ExecutionSuspended(Optional.of(compensation), error));
    goOn();
  }

  /** A step that was waited for has not completed. */
  void drop(StepPath path) {
    decision.add(new Fact.StepDropped(path));
    goOn();
  }

  /**
   * An operator goes on without those that have failed.
   *
   * @return whether there was one
   */
  boolean endedBy(Control control, CompensationEnd end) {
    List<StepPath> dead = dead(control.path());
    dead.forEach(step -> ended(step, end, Optional.of(control)));
    return !dead.isEmpty();
  }

  /** The steps whose compensations have failed; a path names the step or its compensation. */
  private List<StepPath> dead(Optional<StepPath> only) {
    return decision.state().openSteps().stream()
        .filter(open -> open.kind() == OpenStep.Kind.DEAD && isOne(open.path()))
        .filter(
            open ->
                only.isEmpty()
                    || only.get().equals(open.path())
                    || only.get().equals(owner(open.path())))
        .map(open -> owner(open.path()))
        .toList();
  }

  private void ended(StepPath step, CompensationEnd end, Optional<Control> wish) {
    decision.add(
        new Fact.StepCompensated(step, end, wish.map(Control::by), wish.map(Control::reason)));
    goOn();
  }

  /**
   * Whose calls are on their way. After a bug of ours that may be the held ones, too: the outcome
   * that met the bug was lost, and nobody knows any more which one's.
   */
  private List<StepPath> awaited() {
    boolean isAfterBug = decision.control().isBroken();
    return decision.state().openSteps().stream()
        .filter(
            open ->
                open.kind() == OpenStep.Kind.REQUESTED
                    || (isAfterBug && open.kind() == OpenStep.Kind.HELD))
        .map(OpenStep::path)
        .filter(path -> workflow.step(path).flatMap(Step::compensation).isPresent())
        .toList();
  }

  private static StepPath owner(StepPath compensation) {
    return compensation.scope().owner().orElseThrow();
  }
}
