package io.penstock.worker.limit;

import io.github.bucket4j.TimeMeter;
import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.Guarded.Later;
import io.penstock.worker.limit.Guarded.Made;
import io.penstock.worker.limit.Guarded.Reason;
import io.penstock.worker.limit.GuardedCall.Ended;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The guard of one other side for the calls of one process: circuit, then the limits' counts. What
 * a call took that is refused further on is given back; a closed way takes nothing from the limits.
 */
final class Guard implements CallGuard {
  /** Attempts that met a sick side for the first time come back spread over about a second. */
  private static final int SECOND_CALLS_APART = 50;

  private final String name;
  private final TimeMeter time;
  private final Counts counts;
  private final Probes probes;
  private final GuardObserver observer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Gate gate;
  private final Pauses pauses = new Pauses();
  private CallLimits limits;
  private Optional<Circuit> circuit = Optional.empty();
  private int firstFailures;

  Guard(
      String name,
      CallLimits limits,
      TimeMeter time,
      Counts counts,
      Probes probes,
      GuardObserver observer) {
    this.name = name;
    this.time = time;
    this.counts = counts;
    this.probes = probes;
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
      if (!changed.circuitBreaker().equals(limits.circuitBreaker())) {
        circuit =
            changed.circuitBreaker().map(settings -> new Circuit(settings, listener(settings)));
      }
      counts.change(changed);
      limits = changed;
    } finally {
      lock.unlock();
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
    Guarded<T> guarded = guarded(CallTicket.of(ticket), call);
    if (guarded instanceof Later<T> later) {
      observer.deferred(name, later.reason());
    }
    return guarded;
  }

  private <T> Guarded<T> guarded(CallTicket ticket, GuardedCall<T> call)
      throws InterruptedException {
    try {
      return made(enter(ticket), ticket, call);
    } catch (NotMadeException e) {
      return e.later.as();
    }
  }

  private <T> Guarded<T> made(Entry entry, CallTicket ticket, GuardedCall<T> call) {
    Optional<Ended<T>> ended = Optional.empty();
    boolean refused = false;
    long began = time.currentTimeNanos();
    try {
      ended =
          entry.circuit().isPresent() ? entry.circuit().get().call(call) : Optional.of(call.make());
      refused = ended.isEmpty(); // by the circuit, since another call probes
      return refused
          ? Later.<T>in(Gate.STEP, Reason.CIRCUIT_OPEN).with(ticket.text())
          : judged(ended.get(), entry, ticket);
    } finally {
      // Not before it is judged: whoever takes the place must know of a wish to wait.
      if (refused) {
        counts.giveBack();
      } else {
        counts.ended(time.currentTimeNanos() - began);
      }
      if (entry.probe()) {
        probeEnded(ended);
      }
    }
  }

  private <T> void probeEnded(Optional<Ended<T>> ended) {
    if (ended.isEmpty()) {
      probeNotMade();
    } else {
      probes.ended(heldFor()); // by the circuit that opened again, or by a wish to wait
    }
  }

  private void probeNotMade() {
    probeIn(0);
    probes.ended(0);
  }

  private void probeIn(long nanos) {
    lock.lock();
    try {
      gate.probeIn(time.currentTimeNanos(), nanos);
    } finally {
      lock.unlock();
    }
  }

  private long heldFor() {
    lock.lock();
    try {
      return gate.heldFor(time.currentTimeNanos());
    } finally {
      lock.unlock();
    }
  }

  private record Entry(boolean probe, Optional<Circuit> circuit) {}

  private Entry enter(CallTicket ticket) throws InterruptedException, NotMadeException {
    while (true) {
      boolean probe = passGate(ticket);
      if ((probe && !isOurTurn()) || !take(ticket, probe)) {
        continue;
      }
      lock.lock();
      try {
        if (probe || !(gate.isHeld() || gate.isProbing())) {
          return new Entry(probe, circuit);
        }
      } finally {
        lock.unlock();
      }
      // It was held while this call waited for what it needs.
      counts.giveBack();
    }
  }

  /** Whether this process may probe; else the gate is held until it is worth to ask again. */
  private boolean isOurTurn() {
    long wait = 0;
    boolean ours = false;
    try {
      wait = probes.begin();
      ours = wait <= 0;
      return ours;
    } finally {
      if (!ours) {
        probeIn(wait);
      }
    }
  }

  private boolean passGate(CallTicket ticket) throws NotMadeException {
    lock.lock();
    try {
      return switch (gate.ask(time.currentTimeNanos())) {
        case Gate.Pass pass -> pass.probe();
        case Gate.Wait wait ->
            throw new NotMadeException(
                Later.<Void>in(wait.nanos(), wait.reason()).with(ticket.text()));
      };
    } finally {
      lock.unlock();
    }
  }

  /** Whether it was taken; else the gate has closed meanwhile. */
  private boolean take(CallTicket ticket, boolean probe)
      throws InterruptedException, NotMadeException {
    boolean taken = false;
    try {
      switch (counts.take(ticket.slot())) {
        case Counts.Granted ignored -> taken = true;
        case Counts.Refused refused ->
            throw new NotMadeException(
                refused.later().with(ticket.withSlot(refused.later().ticket()).text()));
        case Counts.Paused paused -> hold(paused.nanos());
      }
      return taken;
    } finally {
      if (!taken && probe) {
        probeNotMade();
      }
    }
  }

  private void hold(long nanos) {
    lock.lock();
    try {
      gate.hold(time.currentTimeNanos(), nanos, Reason.RETRY_AFTER);
    } finally {
      lock.unlock();
    }
  }

  private <T> Guarded<T> judged(Ended<T> ended, Entry entry, CallTicket ticket) {
    return switch (ended.verdict()) {
      case Verdict.Well ignored -> well(ended.value(), entry);
      case Verdict.Sick ignored -> sick(ended.value(), entry, ticket);
      case Verdict.Busy busy -> busy(busy, ticket);
    };
  }

  private <T> Guarded<T> well(T value, Entry entry) {
    lock.lock();
    try {
      pauses.over();
      recoveredIf(entry.probe());
      return new Made<>(value);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A call that failed because the other side is known to be sick has cost no attempt. Nor has the
   * first of an attempt before that is known: if all fail, the circuit opens before they are back.
   */
  private <T> Guarded<T> sick(T value, Entry entry, CallTicket ticket) {
    lock.lock();
    try {
      long now = time.currentTimeNanos();
      if (gate.isHeld() || (gate.isProbing() && !entry.probe())) {
        return this.<T>waitFor(now).with(ticket.afterSickness().text());
      }
      recoveredIf(entry.probe());
      if (limits.circuitBreaker().isEmpty() || ticket.metSick()) {
        return new Made<>(value);
      }
      long delay =
          limits.circuitBreaker().get().delay().toNanos()
              + firstFailures++ % SECOND_CALLS_APART * (Gate.STEP / SECOND_CALLS_APART);
      return Later.<T>in(delay, Reason.SICK).with(ticket.afterSickness().text());
    } finally {
      lock.unlock();
    }
  }

  private <T> Guarded<T> busy(Verdict.Busy busy, CallTicket ticket) {
    long pause;
    Later<T> later;
    lock.lock();
    try {
      long now = time.currentTimeNanos();
      pause = pauses.after(busy);
      gate.hold(now, pause, Reason.RETRY_AFTER);
      later = this.<T>waitFor(now).with(ticket.text());
    } finally {
      lock.unlock();
    }
    counts.paused(pause);
    return later;
  }

  private void recoveredIf(boolean probe) {
    if (probe) {
      gate.recovered(time.currentTimeNanos());
    }
  }

  private <T> Later<T> waitFor(long now) {
    return switch (gate.ask(now)) {
      case Gate.Wait wait -> Later.in(wait.nanos(), wait.reason());
      case Gate.Pass ignored -> {
        // The time is up just now: this caller does not probe, it has had its call.
        gate.probeIn(now, 0);
        yield Later.in(Gate.STEP, Reason.CIRCUIT_OPEN);
      }
    };
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
