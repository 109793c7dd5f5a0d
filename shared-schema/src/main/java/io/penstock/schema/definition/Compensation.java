package io.penstock.schema.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What undoes a step that has completed (Garcia-Molina and Salem, "Sagas", 1987). It runs in a
 * scope of its own inside the step, so that it has attempts, retries and an idempotency key like
 * any other.
 *
 * @param timeout of one attempt; absent: the Api's, Channel's or Model's own
 */
public record Compensation(Action.Work action, Retry retry, Optional<Duration> timeout) {
  /** Slot of a step's compensation; no branch of a parallel may have this name. */
  public static final String SLOT = "compensate";

  private static final String STEP_ID = "compensation";

  /** As a step: the only one in its slot, with no catch and no compensation of its own. */
  Step step() {
    return new Step(STEP_ID, action, retry, timeout, List.of());
  }
}
