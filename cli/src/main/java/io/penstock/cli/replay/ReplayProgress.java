package io.penstock.cli.replay;

import io.penstock.schema.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides what of a replay's progress is worth a line: another status, the first that failed again,
 * a tenth of all, or that something has changed since some while. So a replay of a hundred thousand
 * letters is told in as many lines as one of ten.
 */
final class ReplayProgress {
  private static final long PARTS = 10;
  private static final Duration SOME_WHILE = Duration.ofSeconds(10);

  private final InstantSource clock;
  private Optional<Json> told = Optional.empty();
  private Instant toldAt = Instant.MIN;

  ReplayProgress(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether this is to be told; if so, it counts as told. */
  boolean isNews(Json replay) {
    boolean news = told.isEmpty() || differs(told.get(), replay);
    if (news) {
      told = Optional.of(replay);
      toldAt = clock.instant();
    }
    return news;
  }

  private boolean differs(Json before, Json now) {
    if (!ReplayWords.status(before).equals(ReplayWords.status(now))) {
      return true;
    }
    long moved = settled(now) - settled(before);
    boolean firstFailed =
        ReplayWords.count(before, "failedAgain") == 0 && ReplayWords.count(now, "failedAgain") > 0;
    boolean aTenth = moved * PARTS >= Math.max(PARTS, ReplayWords.count(now, "total"));
    return firstFailed || aTenth || (hasMoved(before, now) && isLongAgo());
  }

  private static boolean hasMoved(Json before, Json now) {
    return !ReplayWords.progress(before).equals(ReplayWords.progress(now));
  }

  private boolean isLongAgo() {
    return !clock.instant().isBefore(toldAt.plus(SOME_WHILE));
  }

  private static long settled(Json replay) {
    return ReplayWords.count(replay, "succeeded") + ReplayWords.count(replay, "failedAgain");
  }
}
