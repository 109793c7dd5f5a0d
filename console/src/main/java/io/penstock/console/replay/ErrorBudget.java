package io.penstock.console.replay;

import java.util.Optional;

/**
 * When a replay goes on, and when it stops by itself. Pure.
 *
 * @param sample letters that have to succeed before the others go out; 0: none
 * @param maxFailures with how many letters failed again it stops
 */
record ErrorBudget(int sample, int maxFailures) {
  /** So many may be out before anything is known. */
  private static final int FIRST = 5;

  /**
   * @param why empty unless it stops
   */
  record Turn(ReplayStatus to, Optional<String> why) {}

  /** What it becomes now; empty if it stays as it is. */
  Optional<Turn> next(ReplayStatus status, Counts counts) {
    if (!status.sends()) {
      return Optional.empty();
    }
    if (counts.waiting() == 0 && counts.inFlight() == 0) {
      return Optional.of(new Turn(ReplayStatus.DONE, Optional.empty()));
    }
    if (counts.waiting() == 0) {
      return Optional.empty();
    }
    if (status == ReplayStatus.SAMPLING) {
      return afterSample(counts);
    }
    return counts.failedAgain() >= maxFailures
        ? stop(
            "%d letters failed again, which is as many as may; %d were not sent"
                .formatted(counts.failedAgain(), counts.waiting()))
        : Optional.empty();
  }

  private Optional<Turn> afterSample(Counts counts) {
    if (counts.failedAgain() > 0) {
      return stop(
          "%d of the sample failed again; %d letters were not sent"
              .formatted(counts.failedAgain(), counts.waiting()));
    }
    if (counts.refusedLater() >= maxFailures) {
      return stop(
          "%d letters were refused when they were sent; %d were not sent"
              .formatted(counts.refusedLater(), counts.waiting()));
    }
    return counts.succeeded() >= sample
        ? Optional.of(new Turn(ReplayStatus.RUNNING, Optional.empty()))
        : Optional.empty();
  }

  /**
   * How many may be out at once besides those that are. One that is refused tells nothing. Behind
   * the sample as many as have succeeded (slow start, as in RFC 5681): however long a step takes,
   * what can fail before the first failure is known is no more than what went well.
   */
  long room(ReplayStatus status, Counts counts, int maxInFlight) {
    long room = maxInFlight - counts.inFlight();
    return switch (status) {
      case SAMPLING -> Math.min(room, sample - counts.succeeded() - counts.inFlight());
      case RUNNING -> Math.min(room, Math.max(FIRST, counts.succeeded()) - counts.inFlight());
      case PAUSED, STOPPED, CANCELLED, DONE -> 0;
    };
  }

  private static Optional<Turn> stop(String why) {
    return Optional.of(new Turn(ReplayStatus.STOPPED, Optional.of(why)));
  }
}
