package io.penstock.worker.limit;

import io.penstock.schema.definition.CallLimits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How far apart calls are granted so that a {@link CallLimits.Rate} holds. All times in
 * microseconds.
 *
 * @param interval between two grants in the long run
 * @param burst so many go at once when none went for a while
 * @param life of a grant: the call begins within it or not at all
 */
record Spacing(long interval, int burst, long life) {
  /** This part of a limit may go at once when nothing went for a while. */
  private static final int BURST_PART = 10;

  private static final long LONGEST_LIFE = TimeUnit.MILLISECONDS.toMicros(250);
  private static final long SHORTEST_LIFE = TimeUnit.MILLISECONDS.toMicros(25);
  private static final int LIFE_PART = 10;

  /**
   * In a stretch of length s, b - 1 + s / interval grants fall at most. A call begins up to {@code
   * life} after its grant, so s is the rate's period and that much.
   */
  static Spacing of(CallLimits.Rate rate) {
    long period = micros(rate.period());
    int burst = Math.max(1, rate.calls() / BURST_PART);
    long life = Math.clamp(period / LIFE_PART, SHORTEST_LIFE, LONGEST_LIFE);
    return new Spacing(Math.ceilDiv(period + life, (long) rate.calls() - burst + 1), burst, life);
  }

  /** For one of several who do not hear of each other; together they keep the rate. */
  Spacing shareOf(int several) {
    return new Spacing(interval * several, 1, life);
  }

  /** The next grant, by the time up to which grants are given out; in the past: at once. */
  long next(long givenOut) {
    return givenOut - (burst - 1) * interval;
  }

  /** The time up to which grants are given out after one more. */
  long afterGrant(long givenOut, long at) {
    return Math.max(givenOut, at) + interval;
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
