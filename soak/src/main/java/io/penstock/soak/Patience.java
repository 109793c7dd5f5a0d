package io.penstock.soak;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition, and says whether it came true in time. */
final class Patience {
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private Patience() {}

  static boolean within(Duration limit, Callable<Boolean> condition) throws Exception {
    long begun = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - begun > limit.toNanos()) {
        return false;
      }
      Thread.sleep(BETWEEN);
    }
    return true;
  }
}
