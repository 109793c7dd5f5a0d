package io.penstock.benchmark.timeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Brings the times of this machine's processes ({@link System#nanoTime}) and those of the broker
 * (wall clock, whole milliseconds) onto one scale: milliseconds since 1970, with fractions.
 */
record WallClock(double offsetMs) {
  private static final double NANOS_PER_MS = 1e6;

  /** The broker cuts off; on average that hides half a millisecond. */
  private static final double CUT_OFF_MS = 0.5;

  static WallClock now() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    return new WallClock(micros / 1e3 - System.nanoTime() / NANOS_PER_MS);
  }

  double ofNanos(long nanoTime) {
    return nanoTime / NANOS_PER_MS + offsetMs;
  }

  static double ofBroker(long timestampMs) {
    return timestampMs + CUT_OFF_MS;
  }
}
