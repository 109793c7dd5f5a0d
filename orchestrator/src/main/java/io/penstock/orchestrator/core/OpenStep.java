package io.penstock.orchestrator.core;

import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.Optional;

/**
 * A step that is neither done nor waiting for steps inside it, as its scope says.
 *
 * @param due when its timer fires: the retry, the end of a deferral or a wait, or the safety net of
 *     a request; {@link Instant#MAX} when nothing but an operator can move it
 */
record OpenStep(StepPath path, Kind kind, Instant due) {
  /** What the step is waiting for. */
  enum Kind {
    /** An outcome. */
    REQUESTED,
    /** Time. */
    WAITING,
    /** The execution to go on. */
    HELD,
    /** A replay. */
    DEAD;

    /** Empty for a step that is done or has others inside at work. */
    static Optional<Kind> of(StepState step) {
      return switch (step) {
        case StepState.Requested ignored -> Optional.of(REQUESTED);
        case StepState.Waiting ignored -> Optional.of(WAITING);
        case StepState.Held ignored -> Optional.of(HELD);
        case StepState.Dead ignored -> Optional.of(DEAD);
        case StepState.Sleeping ignored -> Optional.of(WAITING);
        case StepState.Inside ignored -> Optional.empty();
        case StepState.Forked ignored -> Optional.empty();
        case StepState.Iterating ignored -> Optional.empty();
        case StepState.Done ignored -> Optional.empty();
      };
    }
  }

  /** The current step of a scope, if it is open. */
  static Optional<OpenStep> in(ScopePath path, Scope scope) {
    return Kind.of(scope.step())
        .map(kind -> new OpenStep(path.step(scope.stepId()), kind, due(scope.step())));
  }

  /** The step at a path, if it is the current one of its scope and open. */
  static Optional<OpenStep> at(ExecutionState state, StepPath path) {
    return state
        .scope(path.scope())
        .filter(scope -> scope.stepId().equals(path.stepId()))
        .flatMap(scope -> in(path.scope(), scope));
  }

  /** When its timer fires; {@link Instant#MAX} for a step that has none. */
  private static Instant due(StepState step) {
    return switch (step) {
      case StepState.Requested s -> s.due();
      case StepState.Waiting s -> s.due();
      case StepState.Sleeping s -> s.until();
      case StepState.Held ignored -> Instant.MAX;
      case StepState.Dead ignored -> Instant.MAX;
      case StepState.Inside ignored -> Instant.MAX;
      case StepState.Forked ignored -> Instant.MAX;
      case StepState.Iterating ignored -> Instant.MAX;
      case StepState.Done ignored -> Instant.MAX;
    };
  }

  boolean isTimed() {
    return due.isBefore(Instant.MAX);
  }
}
