package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.Optional;

/** State after a fact. Total: a fact is what was decided, it cannot be refused here. */
public final class Evolution {
  private Evolution() {}

  public static ExecutionState evolve(ExecutionState state, Fact fact) {
    return switch (fact) {
      case Fact.ExecutionStarted f ->
          state.with(ExecutionControl.started(f.workflow(), f.version())).withInput(f.input());
      case Fact.AttemptRequested f -> {
        Try current = tryOf(state, f.path(), f.generation(), f.attempt(), f.delivery(), f.ticket());
        yield step(state, f.path(), new StepState.Requested(current))
            .with(opened(state, f.path(), OpenStep.Kind.REQUESTED, f.redeliverAt()));
      }
      case Fact.AttemptHeld f -> {
        Try next = tryOf(state, f.path(), f.generation(), f.attempt(), f.delivery(), f.ticket());
        yield step(state, f.path(), new StepState.Held(next))
            .with(opened(state, f.path(), OpenStep.Kind.HELD, Instant.MAX));
      }
      case Fact.AttemptFailed ignored -> state; // what becomes of the step is the next fact
      case Fact.AttemptDeferred f -> {
        Try next = currentTry(state, f.path()).nextDelivery(f.ticket());
        yield step(state, f.path(), new StepState.Waiting(next, f.until()))
            .with(opened(state, f.path(), OpenStep.Kind.WAITING, f.until()));
      }
      case Fact.RetryScheduled f -> {
        Try next = currentTry(state, f.path()).nextAttempt();
        yield step(state, f.path(), new StepState.Waiting(next, f.dueAt()))
            .with(opened(state, f.path(), OpenStep.Kind.WAITING, f.dueAt()));
      }
      case Fact.ErrorCaught f -> {
        String slot = Workflow.catchSlot(f.handler());
        yield step(state, f.path(), new StepState.Inside(slot, Optional.of(f.error())))
            .with(control(state).withoutOpen(f.path()));
      }
      case Fact.BranchTaken f ->
          step(
                  state,
                  f.path(),
                  new StepState.Inside(Integer.toString(f.branch()), Optional.empty()))
              .with(control(state).withoutOpen(f.path()));
      case Fact.StepCompleted f -> completed(state, f);
      case Fact.StepFailed f ->
          step(state, f.path(), new StepState.Dead(currentTry(state, f.path()), f.error()))
              .with(opened(state, f.path(), OpenStep.Kind.DEAD, Instant.MAX));
      case Fact.StepReopened f -> {
        Try next = new Try(f.generation(), f.attempt(), 1, f.attempt(), Optional.empty());
        yield step(state, f.path(), new StepState.Held(next))
            .with(opened(state, f.path(), OpenStep.Kind.HELD, Instant.MAX));
      }
      case Fact.ExecutionSuspended f ->
          f.path().isPresent() // then the dead step itself says so
              ? state
              : state.with(control(state).with(new Phase.Broken(f.error())));
      case Fact.ExecutionPaused ignored -> state.with(control(state).with(new Phase.Paused()));
      case Fact.ExecutionResumed ignored -> state.with(control(state).with(new Phase.Active()));
      case Fact.ExecutionCompleted ignored ->
          state.with(control(state).ended(ExecutionStatus.COMPLETED));
      case Fact.ExecutionFailed ignored -> state.with(control(state).ended(ExecutionStatus.FAILED));
      case Fact.ExecutionCancelled ignored ->
          state.with(control(state).ended(ExecutionStatus.CANCELLED));
      case Fact.ExecutionForgotten ignored -> state.forgotten();
      case Fact.WakeUpSet f -> state.with(control(state).withWakeUp(f.at()));
      case Fact.InputIgnored ignored -> state;
    };
  }

  private static ExecutionState completed(ExecutionState state, Fact.StepCompleted fact) {
    StepPath path = fact.path();
    ExecutionState next =
        state.scope(path.scope()).map(Scope::step).orElse(null) instanceof StepState.Inside inside
            ? state.without(path.slot(inside.slot()))
            : state;
    return step(next, path, new StepState.Done())
        .with(path, new Output(fact.output(), fact.outputOf()))
        .with(control(state).withoutOpen(path));
  }

  private static ExecutionControl control(ExecutionState state) {
    return state
        .control()
        .orElseThrow(() -> new IllegalStateException("no execution " + state.id() + " to evolve"));
  }

  private static ExecutionControl opened(
      ExecutionState state, StepPath path, OpenStep.Kind kind, Instant due) {
    return control(state).withOpen(new OpenStep(path, kind, due));
  }

  private static ExecutionState step(ExecutionState state, StepPath path, StepState step) {
    return state.with(path.scope(), new Scope(path.stepId(), step));
  }

  private static Try tryOf(
      ExecutionState state,
      StepPath path,
      int generation,
      int attempt,
      int delivery,
      Optional<String> ticket) {
    int first =
        Steps.current(state, path).flatMap(Steps::tryOf).map(Try::firstAttempt).orElse(attempt);
    return new Try(generation, attempt, delivery, first, ticket);
  }

  private static Try currentTry(ExecutionState state, StepPath path) {
    return Steps.current(state, path).flatMap(Steps::tryOf).orElse(Try.FIRST);
  }
}
