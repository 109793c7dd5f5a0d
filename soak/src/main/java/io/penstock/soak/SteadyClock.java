package io.penstock.soak;

import java.time.Instant;

/** Tells the time in steps that never jump, so that times of different threads can be compared. */
// It is the distance to the first use that is told, so it does not matter when that was.
@SuppressWarnings("TimeInStaticInitializer")
public final class SteadyClock {
  private static final Instant BEGAN = Instant.now();
  private static final long BEGAN_NANOS = System.nanoTime();

  private SteadyClock() {}

  public static Instant now() {
    return BEGAN.plusNanos(System.nanoTime() - BEGAN_NANOS);
  }
}
