package io.penstock.worker.limit;

import io.penstock.schema.definition.CallLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one process may still do while the store is away: of each rate the part of one of as many
 * processes as there were, and the places that it had. Together they keep the limits. Times in
 * nanoseconds of this process's clock. Not thread-safe.
 */
final class AwayCounts {
  private static final long PATIENCE = TimeUnit.SECONDS.toMicros(1);
  private static final long AGAIN = Duration.ofSeconds(5).toNanos();

  /** So many come back in a second at most, over a minute; then from the beginning. */
  private static final int A_SECOND = 50;

  private static final int MOST_APART = 55 * A_SECOND;

  private final List<Spacing> shares;
  private final int places;
  private Timetable law;
  private int turnedAway;

  /**
   * @param processes that called lately, this one included
   * @param places that this process has by the store's last word
   */
  AwayCounts(CallLimits limits, int processes, int places, long now) {
    this.shares =
        SharedTurn.spacings(limits).stream().map(spacing -> spacing.shareOf(processes)).toList();
    this.places = limits.maxConcurrent().isPresent() ? places : Integer.MAX_VALUE;
    this.law = Timetable.from(micros(now), shares);
  }

  /**
   * @param used places of calls on their way
   * @return nanoseconds to wait before the call; negative if it may not be made
   */
  long take(int used, long now) {
    long at = law.next(shares, micros(now));
    if (used >= places || at - micros(now) > PATIENCE) {
      return -1;
    }
    law = law.with(shares, at);
    return TimeUnit.MICROSECONDS.toNanos(at - micros(now));
  }

  /** Nanoseconds after which somebody who was turned away may ask again. */
  long nextTry() {
    return AGAIN + (long) (turnedAway++ % MOST_APART) * (Gate.STEP / A_SECOND);
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }
}
