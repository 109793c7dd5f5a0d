package io.penstock.orchestrator.core;

import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.StepError;

/** How an execution as a whole stands; what single steps do is in its scopes. */
public sealed interface Phase {

  /** Goes on as outcomes arrive. */
  record Active() implements Phase {}

  /** An operator paused it: outcomes count, nothing new goes out. */
  record Paused() implements Phase {}

  /**
   * A bug of ours stopped it; as paused, until an operator replays it.
   *
   * @param paused whether it was paused before, and is again after the replay
   */
  record Broken(StepError error, boolean paused) implements Phase {}

  /**
   * Final.
   *
   * @param status one that {@link ExecutionStatus#isEnd() is an end}
   */
  record Ended(ExecutionStatus status) implements Phase {}
}
