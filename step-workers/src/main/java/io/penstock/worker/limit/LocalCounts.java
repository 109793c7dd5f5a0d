package io.penstock.worker.limit;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.TimeMeter;
import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.Guarded.Later;
import io.penstock.worker.limit.Guarded.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The calls of this process alone, in its memory. */
final class LocalCounts implements Counts {
  private final TimeMeter time;
  private final BlockingStrategy parking;
  private final Duration placePatience;
  private final String issuer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Places places = new Places(lock);
  private List<CallLimits.Rate> rates = List.of();
  private Optional<RateSlots> slots = Optional.empty();

  /**
   * @param placePatience how long a call waits for a place among those on their way
   * @param issuer of tickets
   */
  LocalCounts(TimeMeter time, BlockingStrategy parking, Duration placePatience, String issuer) {
    this.time = time;
    this.parking = parking;
    this.placePatience = placePatience;
    this.issuer = issuer;
  }

  @Override
  public void change(CallLimits limits) {
    lock.lock();
    try {
      if (!limits.rates().equals(rates)) {
        changeRates(limits.rates());
      }
      places.limit(limits.maxConcurrent().orElse(Integer.MAX_VALUE));
    } finally {
      lock.unlock();
    }
  }

  private void changeRates(List<CallLimits.Rate> changed) {
    if (changed.isEmpty()) {
      slots = Optional.empty();
    } else if (slots.isPresent()) {
      slots.get().change(changed);
    } else {
      slots = Optional.of(new RateSlots(changed, time, parking, issuer));
    }
    rates = changed;
  }

  @Override
  public Answer take(Optional<String> ticket) throws InterruptedException {
    Optional<RateSlots> limiter = slots();
    if (limiter.isPresent()) {
      Optional<Later<Void>> over = limiter.get().take(ticket);
      if (over.isPresent()) {
        return new Refused(over.get());
      }
    }
    Optional<Later<Void>> full = Optional.empty();
    boolean taken = false;
    try {
      full = takePlace();
      taken = full.isEmpty();
    } finally {
      if (!taken) {
        limiter.ifPresent(RateSlots::giveBack);
      }
    }
    return full.<Answer>map(Refused::new).orElseGet(Granted::new);
  }

  private Optional<RateSlots> slots() {
    lock.lock();
    try {
      return slots;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Later<Void>> takePlace() throws InterruptedException {
    lock.lock();
    try {
      return places.take(placePatience.toNanos())
          ? Optional.empty()
          : Optional.of(Later.in(places.nextFree(time.currentTimeNanos()), Reason.CONCURRENCY));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void giveBack() {
    slots().ifPresent(RateSlots::giveBack);
    lock.lock();
    try {
      places.giveBack();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ended(long nanos) {
    lock.lock();
    try {
      places.leave(nanos);
    } finally {
      lock.unlock();
    }
  }

  /** The guard's own gate knows. */
  @Override
  public void paused(long nanos) {}
}
