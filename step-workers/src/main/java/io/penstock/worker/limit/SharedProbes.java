package io.penstock.worker.limit;

import io.penstock.worker.limit.LimitStore.StoreAwayException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Probes of several processes take turns in the row of the other side. Only those that keep their
 * calls back ask: a process whose own network is broken holds up the probes of others for a moment,
 * and never their calls. While the store is away each process probes by itself.
 */
final class SharedProbes implements Probes {
  /** A probe that takes longer, or whose process was killed, holds up no other after this. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  private static final long LONGEST_MICROS = TimeUnit.NANOSECONDS.toMicros(LONGEST.toNanos());

  private final String name;
  private final LimitStore store;
  private final StoreContact contact;

  SharedProbes(String name, LimitStore store, StoreContact contact) {
    this.name = name;
    this.store = store;
    this.contact = contact;
  }

  @Override
  public long begin() {
    Begin begin = new Begin();
    exchange(begin);
    return begin.wait;
  }

  @Override
  public void ended(long nanos) {
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    exchange(
        new LimitStore.Turn() {
          @Override
          public void begins() {}

          @Override
          public SharedState take(SharedState before, long now) {
            return before.with(new SharedState.Probe(now + micros, false));
          }
        });
  }

  /** What is not told because the store is away runs out by itself. */
  private void exchange(LimitStore.Turn turn) {
    if (!contact.mayAsk()) {
      return;
    }
    try {
      store.exchange(name, turn);
      contact.reached();
    } catch (StoreAwayException e) {
      contact.lost(e.getCause());
    }
  }

  private static final class Begin implements LimitStore.Turn {
    /** Nanoseconds. */
    private long wait;

    @Override
    public void begins() {}

    @Override
    public SharedState take(SharedState before, long now) {
      SharedState.Probe probe = before.probe();
      if (probe.until() <= now) {
        return before.with(new SharedState.Probe(now + LONGEST_MICROS, true));
      }
      long rest = TimeUnit.MICROSECONDS.toNanos(probe.until() - now);
      // One that is on its way is mostly over soon.
      wait = probe.onItsWay() ? Math.min(rest, Gate.STEP) : rest;
      return before;
    }
  }
}
