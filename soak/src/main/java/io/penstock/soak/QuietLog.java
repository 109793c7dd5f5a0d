package io.penstock.soak;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What libraries in this process have to say of members that were killed on purpose. */
final class QuietLog {
  /** Kept: the logging of the JDK forgets the levels of loggers that nobody holds. */
  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger("org.apache.kafka"),
          Logger.getLogger("io.zonky.test.db.postgres"),
          Logger.getLogger("io.penstock.embedded"));

  private QuietLog() {}

  static void set() {
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
  }
}
