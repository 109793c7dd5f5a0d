package io.penstock.embedded;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what may hang on a thread of its own, so that the caller need not wait for ever. */
final class Bounded {

  private static final Logger log = LoggerFactory.getLogger(Bounded.class);

  private Bounded() {}

  /**
   * Waits for the action, not longer than the limit; it goes on alone after that. An exception in
   * it is logged: there is nothing else to do about a stop that failed.
   *
   * @return whether it ended in time
   */
  static boolean run(String threadName, Duration limit, Runnable action) {
    Thread thread = new Thread(action, threadName);
    // Must not keep a JVM alive that wants to end.
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (failed, e) -> log.warn("an embedded server failed while it was being stopped", e));
    thread.start();
    try {
      return thread.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
