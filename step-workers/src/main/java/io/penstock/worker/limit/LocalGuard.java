package io.penstock.worker.limit;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.TimeMeter;
import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.Guarded.Later;
import io.penstock.worker.limit.Guarded.Made;
import io.penstock.worker.limit.Guarded.Reason;
import io.penstock.worker.limit.GuardedCall.Ended;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The guard of one other side for the calls of one process: rate limit, then circuit, then a place
 * among the calls on their way. What a call took that is refused further on is given back.
 */
final class LocalGuard implements CallGuard {
  private static final long SHORTEST_HOLD = Duration.ofSeconds(1).toNanos();

  /** 1 s, 2 s, 4 s, … up to about a minute for who asks to wait and does not say how long. */
  private static final int MOST_DOUBLINGS = 6;

  private final String name;
  private final TimeMeter time;
  private final BlockingStrategy parking;
  private final Duration placePatience;
  private final String issuer;
  private final GuardObserver observer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Places places = new Places(lock);
  private final Gate gate;
  private CallLimits limits;
  private Optional<RateSlots> rate = Optional.empty();
  private Optional<Circuit> circuit = Optional.empty();
  private int pausesWithoutWish;

  /**
   * @param placePatience how long a call waits for a place among those on their way
   */
  LocalGuard(
      String name,
      CallLimits limits,
      TimeMeter time,
      BlockingStrategy parking,
      Duration placePatience,
      String issuer,
      GuardObserver observer) {
    this.name = name;
    this.time = time;
    this.parking = parking;
    this.placePatience = placePatience;
    this.issuer = issuer;
    this.observer = observer;
    this.gate = new Gate(state -> observer.gate(name, state));
    this.limits = new CallLimits(List.of(), Optional.empty(), Optional.empty());
    change(limits);
  }

  /** Takes on other limits. Calls on their way, holds and tickets stay as they are. */
  void change(CallLimits changed) {
    lock.lock();
    try {
      if (changed.equals(limits)) {
        return;
      }
      if (!changed.rates().equals(limits.rates())) {
        changeRates(changed);
      }
      if (!changed.circuitBreaker().equals(limits.circuitBreaker())) {
        circuit =
            changed.circuitBreaker().map(settings -> new Circuit(settings, listener(settings)));
      }
      places.limit(changed.maxConcurrent().orElse(Integer.MAX_VALUE));
      limits = changed;
    } finally {
      lock.unlock();
    }
  }

  private void changeRates(CallLimits changed) {
    if (changed.rates().isEmpty()) {
      rate = Optional.empty();
    } else if (rate.isPresent()) {
      rate.get().change(changed.rates());
    } else {
      rate = Optional.of(new RateSlots(changed.rates(), time, parking, issuer));
    }
  }

  private Circuit.Listener listener(CallLimits.CircuitBreaker settings) {
    return new Circuit.Listener() {
      @Override
      public void opened() {
        lock.lock();
        try {
          gate.hold(time.currentTimeNanos(), settings.delay().toNanos(), Reason.CIRCUIT_OPEN);
        } finally {
          lock.unlock();
        }
      }

      @Override
      public void closed() {
        lock.lock();
        try {
          gate.recovered(time.currentTimeNanos());
        } finally {
          lock.unlock();
        }
      }
    };
  }

  @Override
  public <T> Guarded<T> call(Optional<String> ticket, GuardedCall<T> call)
      throws InterruptedException {
    Guarded<T> guarded = guarded(ticket, call);
    if (guarded instanceof Later<T> later) {
      observer.deferred(name, later.reason());
    }
    return guarded;
  }

  private <T> Guarded<T> guarded(Optional<String> ticket, GuardedCall<T> call)
      throws InterruptedException {
    Optional<RateSlots> limiter = limiter();
    if (limiter.isPresent()) {
      Optional<Later<Void>> over = limiter.get().take(ticket);
      if (over.isPresent()) {
        return over.get().as();
      }
    }
    boolean made = false;
    try {
      Guarded<T> guarded = throughGate(call);
      made = true;
      return guarded;
    } catch (NotMadeException e) {
      return e.later.as();
    } finally {
      if (!made) {
        limiter.ifPresent(RateSlots::giveBack);
      }
    }
  }

  private Optional<RateSlots> limiter() {
    lock.lock();
    try {
      return rate;
    } finally {
      lock.unlock();
    }
  }

  private <T> Guarded<T> throughGate(GuardedCall<T> call)
      throws InterruptedException, NotMadeException {
    Entry entry = enter();
    Optional<Ended<T>> ended = Optional.empty();
    long began = time.currentTimeNanos();
    try {
      ended =
          entry.circuit().isPresent() ? entry.circuit().get().call(call) : Optional.of(call.make());
    } finally {
      lock.lock();
      try {
        long now = time.currentTimeNanos();
        places.leave(now - began);
        if (entry.probe() && ended.isEmpty()) {
          gate.probeNotMade(now);
        }
      } finally {
        lock.unlock();
      }
    }
    if (ended.isEmpty()) {
      throw new NotMadeException(Later.in(Gate.STEP, Reason.CIRCUIT_OPEN));
    }
    return judged(ended.get(), entry.probe());
  }

  private record Entry(boolean probe, Optional<Circuit> circuit) {}

  private Entry enter() throws InterruptedException, NotMadeException {
    lock.lock();
    try {
      while (true) {
        boolean probe = passGate();
        takePlace(probe);
        if (probe || !(gate.isHeld() || gate.isProbing())) {
          return new Entry(probe, circuit);
        }
        // It was held while this call waited for its place.
        places.giveBack();
      }
    } finally {
      lock.unlock();
    }
  }

  private void takePlace(boolean probe) throws InterruptedException, NotMadeException {
    boolean taken = false;
    try {
      taken = places.take(placePatience.toNanos());
    } finally {
      if (!taken && probe) {
        gate.probeNotMade(time.currentTimeNanos());
      }
    }
    if (!taken) {
      throw new NotMadeException(
          Later.in(places.nextFree(time.currentTimeNanos()), Reason.CONCURRENCY));
    }
  }

  private boolean passGate() throws NotMadeException {
    return switch (gate.ask(time.currentTimeNanos())) {
      case Gate.Pass pass -> pass.probe();
      case Gate.Wait wait -> throw new NotMadeException(Later.in(wait.nanos(), wait.reason()));
    };
  }

  /** A call that failed because the other side is known to be sick has cost no attempt. */
  private <T> Guarded<T> judged(Ended<T> ended, boolean probe) {
    lock.lock();
    try {
      long now = time.currentTimeNanos();
      switch (ended.verdict()) {
        case Verdict.Well ignored -> pausesWithoutWish = 0;
        case Verdict.Sick ignored -> {
          if (gate.isHeld() || (gate.isProbing() && !probe)) {
            return waitFor(now);
          }
        }
        case Verdict.Busy busy -> {
          gate.hold(now, pause(busy), Reason.RETRY_AFTER);
          return waitFor(now);
        }
      }
      if (probe) {
        gate.recovered(now);
      }
      return new Made<>(ended.value());
    } finally {
      lock.unlock();
    }
  }

  private <T> Guarded<T> waitFor(long now) {
    return switch (gate.ask(now)) {
      case Gate.Wait wait -> Later.in(wait.nanos(), wait.reason());
      case Gate.Pass ignored -> {
        // The time is up just now: this caller does not probe, it has had its call.
        gate.probeNotMade(now);
        yield Later.in(Gate.STEP, Reason.CIRCUIT_OPEN);
      }
    };
  }

  private long pause(Verdict.Busy busy) {
    if (busy.wish().isPresent()) {
      return Math.max(SHORTEST_HOLD, busy.wish().get().toNanos());
    }
    return SHORTEST_HOLD << Math.min(pausesWithoutWish++, MOST_DOUBLINGS);
  }

  /** Carries what to tell a caller past what has to be given back. */
  private static final class NotMadeException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Later<Void> later;

    NotMadeException(Later<Void> later) {
      super(later.reason().id(), null, false, false);
      this.later = later;
    }
  }
}
