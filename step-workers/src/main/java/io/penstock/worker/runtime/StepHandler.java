package io.penstock.worker.runtime;

import io.penstock.schema.message.StepKind;

/**
 * Makes one attempt of one kind of step. Called on a virtual thread, by many threads at once; may
 * block. It never repeats a call by itself: repeating is the orchestrator's business.
 */
public interface StepHandler {
  StepKind kind();

  /**
   * @return what came of it; an expected failure is a value. A {@link RuntimeException} is a bug
   *     and becomes {@code failed(internal)}
   */
  AttemptResult attempt(Attempt attempt);
}
