package io.penstock.worker.limit;

import java.time.Duration;

/** How long to leave the other side alone that asks for it. Not thread-safe. */
final class Pauses {
  private static final long SHORTEST = Duration.ofSeconds(1).toNanos();

  /** 1 s, 2 s, 4 s, … up to about a minute for who asks to wait and does not say how long. */
  private static final int MOST_DOUBLINGS = 6;

  private int withoutWish;

  /** In nanoseconds. */
  long after(Verdict.Busy busy) {
    if (busy.wish().isPresent()) {
      return Math.max(SHORTEST, busy.wish().get().toNanos());
    }
    return SHORTEST << Math.min(withoutWish++, MOST_DOUBLINGS);
  }

  void over() {
    withoutWish = 0;
  }
}
