package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Compensation;
import io.penstock.schema.message.CompensationTrigger;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.List;
import java.util.Optional;

/** What becomes of the state when completed steps are undone. */
final class CompensationChange {
  private CompensationChange() {}

  /** The completed step becomes the newest of those that could be undone. */
  static ExecutionState registered(ExecutionState state, StepPath path) {
    CompensationList list = state.control().orElseThrow().compensations();
    return state
        .output(path)
        .map(output -> state.with(path, output.after(list.newest())))
        .map(next -> withNewest(next, Optional.of(path)))
        .orElse(state);
  }

  /**
   * All scopes close but those of awaited steps, with what is around them. An operator's wish and
   * the deadline count more than a pause or a bug before.
   */
  static ExecutionState started(ExecutionState state, Fact.CompensationStarted fact) {
    ExecutionState next = state;
    for (ScopePath scope : state.scopes(ScopePath.ROOT).keySet()) {
      boolean isAwaited =
          fact.awaited().stream().anyMatch(step -> ExecutionState.isWithin(step.scope(), scope));
      if (!isAwaited || isDropped(state, scope, fact.awaited())) {
        next = ScopeChange.closed(next, scope);
      }
    }
    ExecutionControl control = next.control().orElseThrow().compensating();
    return next.with(
        fact.trigger() == CompensationTrigger.FAILURE ? control : control.with(new Phase.Active()));
  }

  /** Its own step is open, and another one than those that are awaited. */
  private static boolean isDropped(ExecutionState state, ScopePath scope, List<StepPath> awaited) {
    return state
        .scope(scope)
        .flatMap(open -> OpenStep.in(scope, open))
        .filter(open -> !awaited.contains(open.path()))
        .isPresent();
  }

  static ExecutionState dropped(ExecutionState state, StepPath path) {
    return ScopeChange.closed(state, path.scope());
  }

  /** It is taken from the list; its scope opens with the first attempt. */
  static ExecutionState stepStarted(ExecutionState state, StepPath path) {
    return withNewest(state, state.output(path).flatMap(Output::before));
  }

  static ExecutionState stepEnded(ExecutionState state, StepPath path) {
    return ScopeChange.closed(state, path.slot(Compensation.SLOT));
  }

  private static ExecutionState withNewest(ExecutionState state, Optional<StepPath> step) {
    ExecutionControl control = state.control().orElseThrow();
    return state.with(control.with(control.compensations().withNewest(step)));
  }
}
