package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.Handled;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.util.List;
import java.util.Optional;

/** State after a fact. Total: a fact is what was decided, it cannot be refused here. */
public final class Evolution {
  private Evolution() {}

  public static ExecutionState evolve(ExecutionState state, Fact fact) {
    return switch (fact) {
      case Fact.ExecutionStarted f ->
          state
              .with(ExecutionControl.started(f.workflow(), f.version(), f.deadline()))
              .withInput(f.input());
      case Fact.StepPutOff f ->
          ScopeChange.step(
              state, f.path(), new StepState.Waiting(Steps.tryAt(state, f.path()), f.due()));
      case Fact.AttemptRequested f -> {
        Try current =
            tryOf(state, f.path(), f.generation(), f.attempt(), f.delivery(), f.ticket())
                .countedSince(f.retriesSince());
        yield ScopeChange.step(state, f.path(), new StepState.Requested(current, f.redeliverAt()));
      }
      case Fact.AttemptHeld f -> {
        Try next = tryOf(state, f.path(), f.generation(), f.attempt(), f.delivery(), f.ticket());
        yield ScopeChange.step(state, f.path(), new StepState.Held(next));
      }
      case Fact.AttemptFailed ignored -> state; // what becomes of the step is the next fact
      case Fact.AttemptDeferred f -> {
        Try current = Steps.tryAt(state, f.path());
        Try next =
            new Try(
                current.generation(),
                f.attempt(),
                f.delivery() + 1,
                current.firstAttempt(),
                f.ticket(),
                current.since(),
                current.patch());
        yield ScopeChange.step(state, f.path(), new StepState.Waiting(next, f.until()));
      }
      case Fact.RetryScheduled f -> {
        Try next = Steps.tryAt(state, f.path()).nextAttempt();
        yield ScopeChange.step(state, f.path(), new StepState.Waiting(next, f.dueAt()));
      }
      case Fact.ErrorCaught f -> {
        String slot = Workflow.catchSlot(f.handler());
        Caught caught =
            caught(f.error(), f.step().or(() -> Optional.of(f.path())), f.attempt(), f.around());
        yield ScopeChange.step(state, f.path(), new StepState.Inside(slot, Optional.of(caught)));
      }
      case Fact.FinallyStarted f ->
          ScopeChange.step(
              state,
              Workflow.WHOLE,
              new StepState.Inside(
                  Workflow.FINALLY_SLOT,
                  f.error().map(error -> caught(error, f.step(), f.attempt(), f.around()))));
      case Fact.WaitStarted f ->
          ScopeChange.step(state, f.path(), new StepState.Sleeping(f.until()));
      case Fact.BranchTaken f -> {
        String slot = Integer.toString(f.branch());
        yield ScopeChange.step(state, f.path(), new StepState.Inside(slot, Optional.empty()));
      }
      case Fact.BranchesStarted f ->
          ScopeChange.step(state, f.path(), new StepState.Forked(f.branches(), List.of(), 0));
      case Fact.ItemsFound f ->
          ScopeChange.step(state, f.path(), new StepState.Iterating(f.rounds(), 0, 0, 0, 0))
              .with(f.path(), ItemSlice.of((List<?>) f.items().value()));
      case Fact.ItemsStarted f ->
          Steps.iterating(state, f.path())
              .map(all -> ScopeChange.step(state, f.path(), all.withStarted(f.until())))
              .orElse(state);
      case Fact.ScopeEnded f -> SlotChange.ended(state, f.scope(), f.error());
      case Fact.ScopesCancelled f -> SlotChange.cancelled(state, f.scopes());
      case Fact.ScopesLeft f -> SlotChange.left(state, f.scopes());
      case Fact.StepCompleted f -> completed(state, f);
      case Fact.StepFailed f -> {
        Try last = Steps.tryAt(state, f.path());
        yield ScopeChange.step(
            withoutInside(state, f.path()), f.path(), new StepState.Dead(last, f.error()));
      }
      case Fact.StepReopened f -> {
        Try next =
            new Try(
                f.generation(),
                f.attempt(),
                1,
                f.attempt(),
                Optional.empty(),
                Optional.empty(),
                f.patch());
        yield ScopeChange.step(state, f.path(), new StepState.Held(next));
      }
      case Fact.ExecutionSuspended f ->
          f.path().isPresent() // then the dead step itself says so
              ? state
              : state.with(control(state).broken(f.error()));
      case Fact.ExecutionMoved f -> moved(state.with(control(state).withVersion(f.version())));
      case Fact.ExecutionPaused ignored -> state.with(control(state).with(new Phase.Paused()));
      case Fact.ExecutionResumed ignored -> state.with(control(state).with(new Phase.Active()));
      case Fact.ExecutionCompleted ignored ->
          state.with(control(state).ended(ExecutionStatus.COMPLETED));
      case Fact.ExecutionFailed ignored -> state.with(control(state).ended(ExecutionStatus.FAILED));
      case Fact.ExecutionCancelled ignored ->
          state.with(control(state).ended(ExecutionStatus.CANCELLED));
      case Fact.CompensationRegistered f -> CompensationChange.registered(state, f.path());
      case Fact.CompensationStarted f -> CompensationChange.started(state, f);
      case Fact.StepDropped f -> CompensationChange.dropped(state, f.path());
      case Fact.StepCompensationStarted f -> CompensationChange.stepStarted(state, f.path());
      case Fact.StepCompensated f -> CompensationChange.stepEnded(state, f.path());
      case Fact.ExecutionCompensated ignored ->
          state.with(control(state).ended(ExecutionStatus.COMPENSATED));
      case Fact.ExecutionForgotten ignored -> state.forgotten();
      case Fact.WakeUpSet f -> state.with(control(state).withWakeUp(f.at()));
      case Fact.InputIgnored ignored -> state;
    };
  }

  private static ExecutionState completed(ExecutionState state, Fact.StepCompleted fact) {
    StepPath path = fact.path();
    return ScopeChange.step(withoutInside(state, path), path, new StepState.Done())
        .with(path, new Output(fact.output(), fact.outputOf(), fact.gathered()));
  }

  /** What is still to go out will be another request. */
  private static ExecutionState moved(ExecutionState state) {
    ExecutionState next = state;
    for (OpenStep open : state.openSteps()) {
      StepState step = Steps.current(state, open.path()).orElseThrow();
      next = ScopeChange.step(next, open.path(), inNextGeneration(step));
    }
    return next;
  }

  private static StepState inNextGeneration(StepState step) {
    return switch (step) {
      case StepState.Waiting s -> new StepState.Waiting(s.next().nextGeneration(), s.due());
      case StepState.Held s -> new StepState.Held(s.next().nextGeneration());
      case StepState.Dead s -> new StepState.Dead(s.last().nextGeneration(), s.error());
      case StepState.Requested s -> s; // is out as it is; with one of these nothing is moved
      case StepState.Sleeping s -> s;
      case StepState.Inside s -> s;
      case StepState.Forked s -> s;
      case StepState.Iterating s -> s;
      case StepState.Done s -> s;
    };
  }

  /** The branch of a route, or the handling of a failure, is over. */
  private static ExecutionState withoutInside(ExecutionState state, StepPath path) {
    return Steps.current(state, path).orElse(null) instanceof StepState.Inside inside
        ? ScopeChange.closed(state, path.slot(inside.slot()))
        : state;
  }

  private static Caught caught(
      StepError error,
      Optional<StepPath> step,
      Optional<Integer> attempt,
      Optional<Handled> around) {
    return new Caught(error, step, attempt.orElse(0), around.map(Caught::of));
  }

  private static ExecutionControl control(ExecutionState state) {
    return state
        .control()
        .orElseThrow(() -> new IllegalStateException("no execution " + state.id() + " to evolve"));
  }

  private static Try tryOf(
      ExecutionState state,
      StepPath path,
      int generation,
      int attempt,
      int delivery,
      Optional<String> ticket) {
    Optional<Try> before = Steps.current(state, path).flatMap(Steps::tryOf);
    int first = before.map(Try::firstAttempt).orElse(attempt);
    return new Try(
        generation,
        attempt,
        delivery,
        first,
        ticket,
        before.flatMap(Try::since),
        before.flatMap(Try::patch));
  }
}
