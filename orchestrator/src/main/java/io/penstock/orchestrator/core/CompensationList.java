package io.penstock.orchestrator.core;

import io.penstock.schema.message.StepPath;
import java.util.Optional;

/**
 * The completed steps that can still be undone, newest first. Only the first stands here; the
 * {@link Output} of each names the one before it. So what is kept once per execution stays small,
 * however many there are.
 *
 * @param newest the next one to undo
 * @param underWay whether undoing has begun
 */
public record CompensationList(Optional<StepPath> newest, boolean underWay) {
  static final CompensationList NONE = new CompensationList(Optional.empty(), false);

  CompensationList withNewest(Optional<StepPath> step) {
    return new CompensationList(step, underWay);
  }

  CompensationList begun() {
    return new CompensationList(newest, true);
  }
}
