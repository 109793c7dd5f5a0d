package io.penstock.benchmark.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * When each send of an open loop is due. Fixed before the first one: a receiver that stalls does
 * not push later sends back, and since latencies count from here, its stall is seen by everything
 * that was due meanwhile.
 *
 * @param beginNanos of {@link System#nanoTime}
 */
record Schedule(long beginNanos, double perSecond) {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  Schedule {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate is %s; it must be positive".formatted(perSecond));
    }
  }

  /**
   * @param n from 0
   */
  long dueNanos(long n) {
    return beginNanos + Math.round(n / perSecond * NANOS_PER_SECOND);
  }

  /** Returns at once if the time is past. */
  void awaitDue(long n) throws InterruptedException {
    while (true) {
      long left = dueNanos(n) - System.nanoTime();
      if (left <= 0) {
        return;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(left);
    }
  }
}
