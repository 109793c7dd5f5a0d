package io.penstock.worker.limit;

import io.github.bucket4j.TimeMeter;
import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.LimitStore.StoreAwayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One process's questions to the store about one other side, and what it does while the store is
 * away. One question is on its way at a time; it carries all that callers want by then.
 */
final class SharedQuestions {
  private static final long RENEWED_AFTER = Duration.ofSeconds(10).toNanos();
  private static final long FORGOTTEN_AFTER = SharedTurn.MEMBERSHIP.toNanos();

  private final String name;
  private final String process;
  private final TimeMeter time;
  private final LimitStore store;
  private final StoreContact contact;
  private final ConcurrentLinkedQueue<Want> wants = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock();

  // All below are touched in turn only.
  private CallLimits limits = new CallLimits(List.of(), Optional.empty(), Optional.empty());
  private int places;
  private int placesInStore;
  private int givenBack;
  private int processes = 1;
  private long pausedUntil;
  private boolean pauseUntold;
  private long usedAt;
  private long toldAt;
  private Optional<AwayCounts> away = Optional.empty();

  private static final class Want {
    private final long slot;
    private StoreAnswer answer;

    Want(long slot) {
      this.slot = slot;
    }
  }

  SharedQuestions(
      String name, String process, TimeMeter time, LimitStore store, StoreContact contact) {
    this.name = name;
    this.process = process;
    this.time = time;
    this.store = store;
    this.contact = contact;
    this.pausedUntil = time.currentTimeNanos();
    this.usedAt = time.currentTimeNanos() - FORGOTTEN_AFTER;
    this.toldAt = usedAt;
  }

  void change(CallLimits changed) {
    turn.lock();
    try {
      limits = changed;
      away = Optional.empty();
    } finally {
      turn.unlock();
    }
  }

  /**
   * @param slot by the store's clock; 0 for none
   */
  StoreAnswer ask(long slot) {
    Want want = new Want(slot);
    wants.add(want);
    // Not to be interrupted: what was granted must not be lost. The store has limits of time.
    turn.lock();
    try {
      if (want.answer == null) {
        usedAt = time.currentTimeNanos();
        answer(waitingWants());
      }
      return want.answer;
    } finally {
      turn.unlock();
    }
  }

  private List<Want> waitingWants() {
    List<Want> waiting = new ArrayList<>();
    for (Want want = wants.poll(); want != null; want = wants.poll()) {
      waiting.add(want);
    }
    return waiting;
  }

  /** A place is free again; others may have it at once. */
  void ended() {
    turn.lock();
    try {
      places--;
      if (limits.maxConcurrent().isPresent()) {
        answer(waitingWants());
      }
    } finally {
      turn.unlock();
    }
  }

  /** As {@link #ended}, and the call counts as not made. */
  void givenBack() {
    turn.lock();
    try {
      givenBack++;
    } finally {
      turn.unlock();
    }
    ended();
  }

  /** Nobody calls for this time; told to the others before this returns, if the store answers. */
  void pause(long nanos) {
    turn.lock();
    try {
      long until = time.currentTimeNanos() + nanos;
      if (until - pausedUntil > 0) {
        pausedUntil = until;
        pauseUntold = true;
        answer(waitingWants());
      }
    } finally {
      turn.unlock();
    }
  }

  /** To be called about every second: tells what the others do not know yet, and of being alive. */
  void tell() {
    turn.lock();
    try {
      long now = time.currentTimeNanos();
      boolean used = places > 0 || now - usedAt < FORGOTTEN_AFTER;
      boolean known = !pauseUntold && (limits.maxConcurrent().isEmpty() || placesInStore == places);
      if (!known || contact.isAway() || (isCounted() && used && now - toldAt > RENEWED_AFTER)) {
        answer(waitingWants());
      }
    } finally {
      turn.unlock();
    }
  }

  private boolean isCounted() {
    return !limits.rates().isEmpty() || limits.maxConcurrent().isPresent();
  }

  private void answer(List<Want> batch) {
    if (contact.mayAsk()) {
      try {
        Exchanged exchanged = exchange(batch);
        contact.reached();
        adopt(exchanged, batch);
        return;
      } catch (StoreAwayException e) {
        contact.lost(e.getCause());
      }
    }
    batch.forEach(want -> want.answer = whileAway());
  }

  /** What a turn at the store came to; nothing of it counts before the store has said so. */
  private final class Exchanged implements LimitStore.Turn {
    private final List<Want> batch;
    private final boolean writes = isCounted() || pauseUntold;
    private final List<SharedTurn.Answer> answers = new ArrayList<>();
    private SharedState state = SharedState.EMPTY;
    private long at;
    private long sent;
    private long received;

    Exchanged(List<Want> batch) {
      this.batch = batch;
    }

    @Override
    public void begins() {
      sent = time.currentTimeNanos();
    }

    @Override
    public SharedState take(SharedState before, long now) {
      at = now;
      SharedTurn mine = new SharedTurn(before, process, limits, places, now);
      for (int i = 0; i < givenBack; i++) {
        mine.giveBack();
      }
      if (pauseUntold) {
        mine.pause(now + Math.ceilDiv(pausedUntil - sent, 1000L));
      }
      batch.forEach(want -> answers.add(mine.ask(want.slot)));
      state = writes ? mine.end() : before;
      return state;
    }

    /** The nanosecond here at which the store's clock surely shows this time. */
    long surely(long micros) {
      return received + SharedCounts.nanos(micros - at);
    }

    /** The nanosecond here until which the store's clock surely does not show more. */
    long atMost(long micros) {
      return sent + SharedCounts.nanos(micros - at);
    }
  }

  private Exchanged exchange(List<Want> batch) throws StoreAwayException {
    Exchanged exchanged = new Exchanged(batch);
    if (exchanged.writes) {
      store.exchange(name, exchanged);
    } else {
      store.read(name, exchanged);
    }
    exchanged.received = time.currentTimeNanos();
    return exchanged;
  }

  private void adopt(Exchanged exchanged, List<Want> batch) {
    away = Optional.empty();
    givenBack = 0;
    pauseUntold = false;
    toldAt = exchanged.received;
    pausedUntil = later(pausedUntil, exchanged.surely(exchanged.state.pausedUntil()));
    processes =
        Math.max(
            1,
            (int)
                exchanged.state.members().values().stream()
                    .filter(member -> member.until() >= exchanged.at)
                    .count());
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).answer = here(exchanged, exchanged.answers.get(i));
    }
    placesInStore = places;
  }

  private StoreAnswer here(Exchanged exchanged, SharedTurn.Answer answer) {
    return switch (answer) {
      case SharedTurn.Granted granted -> {
        places++;
        long life =
            SharedTurn.spacings(limits).stream()
                .mapToLong(Spacing::life)
                .min()
                .orElse(Long.MAX_VALUE / 4000);
        yield new StoreAnswer.Go(
            granted.at() > exchanged.at ? exchanged.surely(granted.at()) : exchanged.received,
            exchanged.atMost(Math.max(granted.at(), exchanged.at) + life));
      }
      case SharedTurn.Slot slot ->
          new StoreAnswer.Come(exchanged.surely(slot.at()) - exchanged.received, slot.at());
      case SharedTurn.NoPlace ignored -> new StoreAnswer.Full();
      case SharedTurn.Paused paused ->
          new StoreAnswer.Hold(exchanged.surely(paused.until()) - exchanged.received);
    };
  }

  private StoreAnswer whileAway() {
    long now = time.currentTimeNanos();
    if (pausedUntil - now > 0) {
      return new StoreAnswer.Hold(pausedUntil - now);
    }
    AwayCounts counts = away.orElseGet(() -> new AwayCounts(limits, processes, placesInStore, now));
    away = Optional.of(counts);
    if (isCounted() && contact.isLeaseOver()) {
      return new StoreAnswer.Away(counts.nextTry());
    }
    long wait = counts.take(places, now);
    if (wait < 0) {
      return new StoreAnswer.Away(counts.nextTry());
    }
    places++;
    return new StoreAnswer.Go(now + wait, Long.MAX_VALUE / 2 + now);
  }

  private static long later(long one, long other) {
    return one - other >= 0 ? one : other;
  }
}
