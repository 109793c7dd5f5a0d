package io.penstock.worker.limit;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the store answers this process. Shared by all guards of a process. */
final class StoreContact {
  /** For so long a process goes on with what it was last given; then it makes no call. */
  static final Duration LONGEST_AWAY = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(StoreContact.class);
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final TimeMeter time;
  private boolean away;
  private long triedAt;
  private long reachedAt;

  StoreContact(TimeMeter time) {
    this.time = time;
    // Whoever starts without the store has been given nothing.
    this.reachedAt = time.currentTimeNanos() - LONGEST_AWAY.toNanos();
  }

  synchronized void reached() {
    away = false;
    reachedAt = time.currentTimeNanos();
  }

  synchronized void lost(Throwable cause) {
    if (!away) {
      LOG.atWarn()
          .addKeyValue("error", String.valueOf(cause))
          .log(
              "PostgreSQL is away: limits of calls go on for a minute as they were, then their"
                  + " attempts are deferred");
    }
    away = true;
    triedAt = time.currentTimeNanos();
  }

  /** Not while it is away: a caller who finds out waits for the network's limits. */
  synchronized boolean mayAsk() {
    if (!away) {
      return true;
    }
    long now = time.currentTimeNanos();
    if (now - triedAt < PAUSE) {
      return false;
    }
    triedAt = now;
    return true;
  }

  synchronized boolean isAway() {
    return away;
  }

  /** Whether what was given last still counts. */
  synchronized boolean isLeaseOver() {
    return time.currentTimeNanos() - reachedAt >= LONGEST_AWAY.toNanos();
  }
}
