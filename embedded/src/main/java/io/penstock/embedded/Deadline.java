package io.penstock.embedded;

import java.time.Duration;

/** The instant after which something that may hang is given up; blind to changes of the clock. */
final class Deadline {

  private final long atNanos;

  private Deadline(long atNanos) {
    this.atNanos = atNanos;
  }

  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  boolean passed() {
    return System.nanoTime() - atNanos >= 0;
  }

  /** Never negative. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
  }
}
