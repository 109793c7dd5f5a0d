package io.penstock.orchestrator.core;

import io.penstock.schema.message.Handled;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.util.Optional;

/**
 * What a catch, or {@code finally}, handles.
 *
 * @param step that failed: the one whose catch it is, or one inside it; empty where nobody noted
 *     it, or no step failed but the output of the whole
 * @param attempt the last of that step; 0 where there was none
 * @param around what the catch was handling in which that step stood; only where that catch is
 *     dropped, and nobody could tell any more
 */
public record Caught(
    StepError error, Optional<StepPath> step, int attempt, Optional<Caught> around) {

  /** Of a step around which nothing is dropped. */
  public Caught(StepError error, Optional<StepPath> step, int attempt) {
    this(error, step, attempt, Optional.empty());
  }

  Caught with(StepError other) {
    return new Caught(other, step, attempt, around);
  }

  Caught within(Optional<Caught> other) {
    return new Caught(error, step, attempt, other);
  }

  /** As a fact tells it. */
  Handled handled() {
    return new Handled(error, step, Optional.of(attempt), around.map(Caught::handled));
  }

  static Caught of(Handled handled) {
    return new Caught(
        handled.error(),
        handled.step(),
        handled.attempt().orElse(0),
        handled.around().map(Caught::of));
  }
}
