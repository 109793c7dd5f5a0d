package io.penstock.orchestrator.core;

import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What becomes of a parallel or foreach when its branches or rounds begin, end and are dropped. */
final class SlotChange {
  private SlotChange() {}

  /** A scope ended well: only it closes. Branches that were left inside it go on. */
  static ExecutionState ended(ExecutionState state, ScopePath scope) {
    return ownerOf(
        scope,
        ScopeChange.closed(state, scope),
        StepState.Forked::withEnded,
        StepState.Iterating::withoutOne);
  }

  /** A scope failed: all that still runs inside it closes too. */
  static ExecutionState failed(ExecutionState state, ScopePath scope) {
    return ownerOf(
        scope,
        ScopeChange.closedWithAllInside(state, scope),
        StepState.Forked::withFailed,
        StepState.Iterating::withFailedOne);
  }

  static ExecutionState ended(ExecutionState state, ScopePath scope, Optional<StepError> error) {
    return error.isPresent() ? failed(state, scope) : ended(state, scope);
  }

  static ExecutionState cancelled(ExecutionState state, List<ScopePath> scopes) {
    ExecutionState next = state;
    for (ScopePath scope : scopes) {
      next =
          ownerOf(
              scope,
              ScopeChange.closedWithAllInside(next, scope),
              StepState.Forked::without,
              StepState.Iterating::withoutOne);
    }
    return next;
  }

  /** Nobody waits for them any more; they themselves go on. */
  static ExecutionState left(ExecutionState state, List<ScopePath> scopes) {
    ExecutionState next = state;
    for (ScopePath scope : scopes) {
      next = ownerOf(scope, next, StepState.Forked::without, StepState.Iterating::withoutOne);
    }
    return next;
  }

  /** The owner that waits for a slot; one that does not is as it was. */
  private static ExecutionState ownerOf(
      ScopePath scope,
      ExecutionState state,
      BiFunction<StepState.Forked, String, StepState.Forked> branch,
      UnaryOperator<StepState.Iterating> round) {
    if (scope.owner().isEmpty()) {
      return state; // all was dropped
    }
    StepPath owner = scope.owner().get();
    return switch (Steps.current(state, owner).orElse(null)) {
      case StepState.Forked forked when forked.running().contains(scope.slot()) ->
          ScopeChange.step(state, owner, branch.apply(forked, scope.slot()));
      case StepState.Iterating iterating -> ScopeChange.step(state, owner, round.apply(iterating));
      case null, default -> state;
    };
  }
}
