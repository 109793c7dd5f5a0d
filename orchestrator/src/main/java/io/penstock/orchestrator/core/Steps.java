package io.penstock.orchestrator.core;

import io.penstock.schema.message.StepPath;
import java.util.Optional;

/** Looks at single steps of a state. */
final class Steps {
  private Steps() {}

  /** State of a step that is the current one of its scope; empty for others. */
  static Optional<StepState> current(ExecutionState state, StepPath path) {
    return state
        .scope(path.scope())
        .filter(scope -> scope.stepId().equals(path.stepId()))
        .map(Scope::step);
  }

  /** A parallel that waits for its branches. */
  static Optional<StepState.Forked> forked(ExecutionState state, StepPath path) {
    return current(state, path)
        .filter(StepState.Forked.class::isInstance)
        .map(StepState.Forked.class::cast);
  }

  /** A foreach that waits for its rounds. */
  static Optional<StepState.Iterating> iterating(ExecutionState state, StepPath path) {
    return current(state, path)
        .filter(StepState.Iterating.class::isInstance)
        .map(StepState.Iterating.class::cast);
  }

  /** The try that the state is about; empty where no attempt is going on. */
  static Optional<Try> tryOf(StepState step) {
    return switch (step) {
      case StepState.Requested s -> Optional.of(s.current());
      case StepState.Waiting s -> Optional.of(s.next());
      case StepState.Held s -> Optional.of(s.next());
      case StepState.Dead s -> Optional.of(s.last());
      case StepState.Sleeping ignored -> Optional.empty();
      case StepState.Inside ignored -> Optional.empty();
      case StepState.Forked ignored -> Optional.empty();
      case StepState.Iterating ignored -> Optional.empty();
      case StepState.Done ignored -> Optional.empty();
    };
  }

  /** What {@link #tryOf} says of the current step, or the first try there is. */
  static Try tryAt(ExecutionState state, StepPath path) {
    return current(state, path).flatMap(Steps::tryOf).orElse(Try.FIRST);
  }
}
