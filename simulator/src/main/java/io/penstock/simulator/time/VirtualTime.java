package io.penstock.simulator.time;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The only clock of a run, in milliseconds since it began. It stands still while something happens
 * and jumps to what happens next; what is due in the same millisecond happens in an order by seed.
 */
public final class VirtualTime {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Due::at)
              .thenComparingInt(Due::tie)
              .thenComparingLong(Due::number));
  private final Chance ties;
  private long now;
  private long number;

  private record Due(long at, int tie, long number, Runnable what) {}

  public VirtualTime(Chance chance) {
    this.ties = chance.of("ties");
  }

  public long now() {
    return now;
  }

  /** As a clock that is right would show it. */
  public long epochMillis() {
    return BEGIN.toEpochMilli() + now;
  }

  public Instant instant() {
    return Instant.ofEpochMilli(epochMillis());
  }

  public long nanos() {
    return now * 1_000_000;
  }

  public void after(long millis, Runnable what) {
    at(now + millis, what);
  }

  /** Not earlier than now. */
  public void at(long millis, Runnable what) {
    queue.add(new Due(Math.max(millis, now), ties.below(Integer.MAX_VALUE), number++, what));
  }

  /** Lets the next thing happen; false if there is none. */
  public boolean step() {
    Due next = queue.poll();
    if (next == null) {
      return false;
    }
    now = next.at();
    next.what().run();
    return true;
  }
}
