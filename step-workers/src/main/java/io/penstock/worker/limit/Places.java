package io.penstock.worker.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * How many calls are on their way. A few may wait for a place to become free; who comes then is
 * told when it is likely to be so, each another time.
 *
 * <p>All methods are called with the lock held.
 */
final class Places {
  /** Of the newest call in the running average of how long calls take. */
  private static final double WEIGHT = 0.1;

  private final Condition freed;
  private int taken;
  private int waiting;
  private int limit = Integer.MAX_VALUE;
  private double averageNanos = TimeUnit.MILLISECONDS.toNanos(100);
  private long plannedUntil = Long.MIN_VALUE;

  Places(Lock lock) {
    this.freed = lock.newCondition();
  }

  /** More calls than the new limit end before the next one begins. */
  void limit(int most) {
    limit = most;
    freed.signalAll();
  }

  /**
   * @param nanos longest wait
   * @return whether a place was taken
   */
  boolean take(long nanos) throws InterruptedException {
    if (taken >= limit) {
      if (waiting >= limit) {
        return false;
      }
      waiting++;
      try {
        long rest = nanos;
        while (taken >= limit && rest > 0) {
          rest = freed.awaitNanos(rest);
        }
      } finally {
        waiting--;
      }
      if (taken >= limit) {
        return false;
      }
    }
    taken++;
    return true;
  }

  /**
   * @param nanos that the call took
   */
  void leave(long nanos) {
    averageNanos += WEIGHT * (nanos - averageNanos);
    giveBack();
  }

  /** The call was not made after all. */
  void giveBack() {
    taken--;
    freed.signal();
  }

  /**
   * Nanoseconds until the next place that is not planned for somebody else, as far as one knows.
   */
  long nextFree(long now) {
    long spacing = Math.max(1, (long) (averageNanos / limit));
    long first = now + (long) averageNanos;
    plannedUntil =
        plannedUntil == Long.MIN_VALUE || plannedUntil - first < 0 ? first : plannedUntil + spacing;
    return plannedUntil - now;
  }
}
