package io.penstock.worker.limit;

import io.penstock.schema.definition.CallLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One process's turn at what all share: asks for calls one after the other, and leaves the state as
 * it is then. Decides only; times in microseconds of the store's clock. For one thread.
 */
final class SharedTurn {
  /** Places of a process that is not heard of any more are free after this. */
  static final Duration MEMBERSHIP = Duration.ofSeconds(45);

  private static final long MEMBERSHIP_MICROS = micros(MEMBERSHIP);

  /** Renewed when this much of it is left: not with each turn, which would write each time. */
  private static final long RENEWAL = micros(Duration.ofSeconds(30));

  /** Shorter waits are not worth a deferral. */
  private static final long PATIENCE = micros(Duration.ofMillis(250));

  /** Who kept its slot waits a little longer than for a slot: deliveries are late by less. */
  private static final long PATIENCE_WITH_SLOT = micros(Duration.ofSeconds(1));

  /** For so long after it found no place a process counts as one that wants some. */
  private static final long WANTING = micros(Duration.ofSeconds(2));

  private final String process;
  private final List<Spacing> spacings;
  private final int maxPlaces;
  private final long now;
  private final int placesAtOnce;
  private int places;
  private boolean waits;
  private SharedState state;

  /** What comes of asking for a call. */
  sealed interface Answer {}

  /** It may begin at this time, and no later than a {@link Spacing#life} after it. */
  record Granted(long at) implements Answer {}

  /** Its moment to come back. */
  record Slot(long at) implements Answer {}

  /** As many calls as may be are on their way. */
  record NoPlace() implements Answer {}

  /** Nobody calls before this time. */
  record Paused(long until) implements Answer {}

  /**
   * @param places of this process that are in use now
   */
  SharedTurn(SharedState state, String process, CallLimits limits, int places, long now) {
    this.process = process;
    this.spacings = spacings(limits);
    this.maxPlaces = limits.maxConcurrent().orElse(Integer.MAX_VALUE);
    this.now = now;
    this.places = places;
    this.state = state.respaced(spacings, now);
    this.placesAtOnce = placesForUs();
  }

  static List<Spacing> spacings(CallLimits limits) {
    return limits.rates().stream().map(Spacing::of).toList();
  }

  /** Most places that this process may have now. */
  private int placesForUs() {
    if (maxPlaces == Integer.MAX_VALUE) {
      return maxPlaces;
    }
    int othersPlaces = 0;
    int wanting = 1;
    boolean othersWait = false;
    for (var other : state.members().entrySet()) {
      SharedState.Member member = other.getValue();
      if (other.getKey().equals(process) || member.until() < now) {
        continue;
      }
      othersPlaces += member.places();
      boolean waited = member.waitedAt() > now - WANTING;
      othersWait |= waited;
      wanting += waited || member.places() > 0 ? 1 : 0;
    }
    int free = maxPlaces - othersPlaces;
    if (!othersWait) {
      return free;
    }
    // What this process gives back just now is for those who wait, else they would never get one.
    SharedState.Member before = state.members().get(process);
    int givenBack = before == null ? 0 : Math.max(0, before.places() - places);
    return Math.min(free - givenBack, Math.ceilDiv(maxPlaces, wanting));
  }

  /**
   * @param slot that was given to this caller before; 0 for none
   */
  Answer ask(long slot) {
    if (state.pausedUntil() > now) {
      return new Paused(state.pausedUntil());
    }
    long due = slot > 0 ? slot : state.plan().next(spacings, now);
    if (due - now > PATIENCE) {
      return slot > 0 ? new Slot(due) : newSlot(due);
    }
    long at = state.law().next(spacings, now);
    if (at - now > PATIENCE_WITH_SLOT) {
      // Others came late and took what was there: to the end of the queue, where there is room.
      return newSlot(Math.max(at, state.plan().next(spacings, now)));
    }
    if (places >= placesAtOnce) {
      waits = true;
      return new NoPlace();
    }
    places++;
    if (slot <= 0) {
      state = state.planned(due);
    }
    state = state.granted(at);
    return new Granted(at);
  }

  private Answer newSlot(long at) {
    state = state.planned(at);
    return new Slot(at);
  }

  /** A call that was granted was not made. Its place is not among those in use any more. */
  void giveBack() {
    state = state.givenBack();
  }

  void pause(long until) {
    state = state.pausedUntil(until);
  }

  /** What all share after this turn; the very same as before if nothing has changed. */
  SharedState end() {
    SharedState.Member before = state.members().get(process);
    boolean same =
        before != null && before.places() == places && before.until() - now > RENEWAL && !waits;
    if (same) {
      return state;
    }
    long waitedAt = waits ? now : before == null ? 0 : before.waitedAt();
    return state.with(
        process, new SharedState.Member(places, now + MEMBERSHIP_MICROS, waitedAt), now);
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
