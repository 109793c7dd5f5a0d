package io.penstock.orchestrator.core;

import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.Optional;

/**
 * The one place where a scope changes. What counts steps (the control, each foreach around) changes
 * here with it, by the difference; so no fact can forget to count.
 */
final class ScopeChange {
  private ScopeChange() {}

  /** The step at a path becomes the current one of its scope, in this state. */
  static ExecutionState step(ExecutionState state, StepPath path, StepState step) {
    return to(state, path.scope(), Optional.of(new Scope(path.stepId(), step)));
  }

  static ExecutionState closed(ExecutionState state, ScopePath path) {
    return to(state, path, Optional.empty());
  }

  /** Closes a scope and all that run inside it. */
  static ExecutionState closedWithAllInside(ExecutionState state, ScopePath path) {
    ExecutionState next = state;
    for (ScopePath inside : state.scopes(path).keySet()) {
      next = closed(next, inside);
    }
    return next;
  }

  private static ExecutionState to(ExecutionState state, ScopePath path, Optional<Scope> scope) {
    Optional<OpenStep.Kind> before = kind(state.scope(path));
    Optional<OpenStep.Kind> after = kind(scope);
    ExecutionState next = state.with(path, scope);
    if (before.equals(after)) {
      return next;
    }
    ExecutionControl control = next.control().orElseThrow();
    next = next.with(control.with(control.open().changed(before, after)));
    int moreDead = dead(after) - dead(before);
    return moreDead == 0 ? next : countedAround(next, path, moreDead);
  }

  private static ExecutionState countedAround(ExecutionState state, ScopePath path, int moreDead) {
    ExecutionState next = state;
    for (Optional<StepPath> owner = path.owner();
        owner.isPresent();
        owner = owner.get().scope().owner()) {
      StepPath around = owner.get();
      Optional<StepState.Iterating> iterating = Steps.iterating(next, around);
      if (iterating.isPresent()) {
        StepState counted = iterating.get().withDead(moreDead);
        next = next.with(around.scope(), Optional.of(new Scope(around.stepId(), counted)));
      }
    }
    return next;
  }

  private static Optional<OpenStep.Kind> kind(Optional<Scope> scope) {
    return scope.map(Scope::step).flatMap(OpenStep.Kind::of);
  }

  private static int dead(Optional<OpenStep.Kind> kind) {
    return kind.filter(OpenStep.Kind.DEAD::equals).isPresent() ? 1 : 0;
  }
}
