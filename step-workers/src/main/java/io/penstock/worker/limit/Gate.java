package io.penstock.worker.limit;

import io.penstock.worker.limit.GuardObserver.GateState;
import io.penstock.worker.limit.Guarded.Reason;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Keeps calls back for a time, then lets one through to probe, then more with every step. Whoever
 * is turned away gets a moment of its own to come back, in the same growing rhythm: so most come
 * when they are let through.
 *
 * <p>Places in the rhythm are counted on while probes fail: the longer the other side is away, the
 * more lie between two visits of one waiter, and the fewer are redelivered for nothing.
 *
 * <p>Times are nanoseconds of one clock. Not thread-safe.
 */
final class Gate {
  static final long STEP = Duration.ofSeconds(1).toNanos();

  /** From the step after this one on, all calls go through. */
  static final int LAST_STEP = 7;

  private final Consumer<GateState> observer;
  private State state = new Open();
  private long waiters;

  private sealed interface State {}

  private record Open() implements State {}

  /**
   * @param probeChosen whether somebody was told to come back at the very end
   */
  private record Held(long until, Reason reason, boolean probeChosen) implements State {}

  private record Probing(Reason reason) implements State {}

  /**
   * @param step that was last looked at
   * @param passed in that step
   * @param turnedAway in that step
   */
  private record Growing(long began, Reason reason, int step, int passed, int turnedAway)
      implements State {}

  /** What a caller is told. */
  sealed interface Answer {}

  record Pass(boolean probe) implements Answer {}

  /**
   * @param nanos to wait
   */
  record Wait(long nanos, Reason reason) implements Answer {}

  Gate(Consumer<GateState> observer) {
    this.observer = observer;
  }

  Answer ask(long now) {
    return switch (state) {
      case Open ignored -> new Pass(false);
      case Held held when now - held.until() >= 0 -> {
        become(new Probing(held.reason()));
        yield new Pass(true);
      }
      case Held held when !held.probeChosen() -> {
        state = new Held(held.until(), held.reason(), true);
        yield new Wait(held.until() - now, held.reason());
      }
      case Held held -> new Wait(held.until() - now + nextPlace(), held.reason());
      case Probing probing -> new Wait(nextPlace(), probing.reason());
      case Growing growing -> grow(growing, now);
    };
  }

  private Answer grow(Growing growing, long now) {
    long steps = (now - growing.began()) / STEP;
    if (steps > LAST_STEP) {
      waiters = 0;
      become(new Open());
      return new Pass(false);
    }
    int step = (int) steps;
    Growing at =
        step == growing.step()
            ? growing
            : new Growing(growing.began(), growing.reason(), step, 0, 0);
    if (at.passed() < allowance(step)) {
      state = new Growing(at.began(), at.reason(), step, at.passed() + 1, at.turnedAway());
      return new Pass(false);
    }
    state = new Growing(at.began(), at.reason(), step, at.passed(), at.turnedAway() + 1);
    long nextStep = at.began() + (step + 1) * STEP;
    return new Wait(
        nextStep - now + inRhythm(at.turnedAway(), Math.min(step + 1, LAST_STEP)), at.reason());
  }

  private static long allowance(int step) {
    return 2L << step;
  }

  /** Nanoseconds behind the probe: two in the second behind it, four in the next, … */
  private long nextPlace() {
    return STEP + inRhythm(waiters++, 0);
  }

  /**
   * @param place counted from 0
   * @param first step in which there are places
   * @return nanoseconds from the beginning of that step
   */
  private static long inRhythm(long place, int first) {
    long rest = place;
    int step = first;
    while (step < LAST_STEP && rest >= allowance(step)) {
      rest -= allowance(step);
      step++;
    }
    return (step - first) * STEP + rest * (STEP / allowance(step));
  }

  /** Nobody passes for this time; a longer one that runs already stands. */
  void hold(long now, long nanos, Reason reason) {
    long until = now + nanos;
    if (state instanceof Held held && held.until() - until >= 0) {
      return;
    }
    become(new Held(until, reason, false));
  }

  /** The probe has ended well, or somebody else's call has. */
  void recovered(long now) {
    switch (state) {
      case Probing probing -> become(new Growing(now, probing.reason(), 0, 0, 0));
      case Held held when held.reason() == Reason.CIRCUIT_OPEN ->
          become(new Growing(now, held.reason(), 0, 0, 0));
      case Held ignored -> {}
      case Open ignored -> {}
      case Growing ignored -> {}
    }
  }

  /** The call that was let through to probe was not made: after this time the next one does. */
  void probeIn(long now, long nanos) {
    if (state instanceof Probing probing) {
      become(new Held(now + nanos, probing.reason(), false));
    }
  }

  /** Whether a call that ends badly now was only to be expected. */
  boolean isHeld() {
    return state instanceof Held;
  }

  /** Nanoseconds in which nobody passes; 0 if it is not held. */
  long heldFor(long now) {
    return state instanceof Held held ? Math.max(0, held.until() - now) : 0;
  }

  boolean isProbing() {
    return state instanceof Probing;
  }

  private void become(State next) {
    state = next;
    observer.accept(
        switch (next) {
          case Open ignored -> GateState.OPEN;
          case Growing ignored -> GateState.GROWING;
          case Probing ignored -> GateState.PROBING;
          case Held ignored -> GateState.HELD;
        });
  }
}
