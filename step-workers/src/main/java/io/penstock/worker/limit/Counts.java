package io.penstock.worker.limit;

import io.penstock.schema.definition.CallLimits;
import java.util.Optional;

/**
 * What is counted before the calls to one other side: how many begin in a time, how many are on
 * their way. By one process for itself, or by several together. Thread-safe.
 */
interface Counts {
  /**
   * Takes a call from the limits. May wait for a moment, never long.
   *
   * @param ticket that came with an earlier {@link Refused}
   */
  Answer take(Optional<String> ticket) throws InterruptedException;

  /** What was taken was not used: the call was not made. */
  void giveBack();

  /**
   * A call that was made is over.
   *
   * @param nanos that it took
   */
  void ended(long nanos);

  /**
   * The other side asked all its callers to wait.
   *
   * @param nanos from now on
   */
  void paused(long nanos);

  /** Takes on other limits; what is on its way and what was promised stays as it is. */
  void change(CallLimits limits);

  /** What a caller is told. */
  sealed interface Answer {}

  /** The call is to be made at once. */
  record Granted() implements Answer {}

  record Refused(Guarded.Later<Void> later) implements Answer {}

  /**
   * The other side has asked the callers of another process to wait.
   *
   * @param nanos from now on
   */
  record Paused(long nanos) implements Answer {}
}
