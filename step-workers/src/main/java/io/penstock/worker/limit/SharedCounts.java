package io.penstock.worker.limit;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.TimeMeter;
import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.Guarded.Later;
import io.penstock.worker.limit.Guarded.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The calls of all processes together. Each call asks the store before it begins; those that come
 * while a question is on its way share the next one, so that a busy side costs a question every few
 * milliseconds and not one for each call.
 */
final class SharedCounts implements Counts {
  private static final String TICKET = "shared-slot/";

  /** So many moments in a row are missed, then the store is too slow to count by. */
  private static final int MOST_MISSED = 5;

  private static final long LOOK_AGAIN = Duration.ofMillis(50).toNanos();

  private final TimeMeter time;
  private final BlockingStrategy parking;
  private final Duration placePatience;
  private final SharedQuestions questions;
  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore freed = new Semaphore(0);
  private CallLimits limits = new CallLimits(List.of(), Optional.empty(), Optional.empty());
  private int waiting;
  private int turnedAway;

  /**
   * @param placePatience how long a call waits for a place among those on their way
   */
  SharedCounts(
      TimeMeter time, BlockingStrategy parking, Duration placePatience, SharedQuestions questions) {
    this.time = time;
    this.parking = parking;
    this.placePatience = placePatience;
    this.questions = questions;
  }

  @Override
  public void change(CallLimits changed) {
    lock.lock();
    try {
      limits = changed;
      questions.change(changed);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Answer take(Optional<String> ticket) throws InterruptedException {
    long giveUpAt = time.currentTimeNanos() + placePatience.toNanos();
    int missed = 0;
    while (true) {
      StoreAnswer answer = questions.ask(slot(ticket));
      switch (answer) {
        case StoreAnswer.Go go -> {
          if (isInTime(go)) {
            return new Granted();
          }
          if (++missed == MOST_MISSED) {
            return new Refused(Later.<Void>in(nextTry(), Reason.STORE_AWAY).with(ticket));
          }
        }
        case StoreAnswer.Come come -> {
          return new Refused(
              new Later<>(
                  Duration.ofNanos(come.nanos()),
                  Reason.RATE_LIMIT,
                  Optional.of(TICKET + come.slot())));
        }
        case StoreAnswer.Full ignored -> {
          if (!awaitPlace(giveUpAt)) {
            return new Refused(Later.<Void>in(nextTry(), Reason.CONCURRENCY).with(ticket));
          }
        }
        case StoreAnswer.Hold hold -> {
          return new Paused(hold.nanos());
        }
        case StoreAnswer.Away away -> {
          return new Refused(Later.<Void>in(away.nanos(), Reason.STORE_AWAY).with(ticket));
        }
      }
    }
  }

  /** Waits for its moment; one that was missed is given back. */
  private boolean isInTime(StoreAnswer.Go go) throws InterruptedException {
    boolean inTime = false;
    try {
      long early = go.notBefore() - time.currentTimeNanos();
      if (early > 0) {
        parking.park(early);
      }
      inTime = time.currentTimeNanos() - go.notAfter() <= 0;
    } finally {
      if (!inTime) {
        giveBack();
      }
    }
    return inTime;
  }

  /** Whether it is worth to ask again. */
  private boolean awaitPlace(long giveUpAt) throws InterruptedException {
    long rest = giveUpAt - time.currentTimeNanos();
    if (rest <= 0 || !mayWait()) {
      return false;
    }
    try {
      // Of places that other processes free nobody tells here.
      boolean ignored = freed.tryAcquire(Math.min(rest, LOOK_AGAIN), TimeUnit.NANOSECONDS);
      return true;
    } finally {
      lock.lock();
      try {
        waiting--;
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean mayWait() {
    lock.lock();
    try {
      if (waiting >= limits.maxConcurrent().orElse(Integer.MAX_VALUE)) {
        return false;
      }
      waiting++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Calls take their time; each comes back at another moment. */
  private long nextTry() {
    lock.lock();
    try {
      int spread = 20 * limits.maxConcurrent().orElse(1);
      return Gate.STEP + turnedAway++ % spread * (4 * Gate.STEP / spread);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void giveBack() {
    questions.givenBack();
    wakeOne();
  }

  @Override
  public void ended(long nanos) {
    questions.ended();
    wakeOne();
  }

  private void wakeOne() {
    lock.lock();
    try {
      if (waiting > freed.availablePermits()) {
        freed.release();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void paused(long nanos) {
    questions.pause(nanos);
  }

  private static long slot(Optional<String> ticket) {
    try {
      return ticket
          .filter(text -> text.startsWith(TICKET))
          .map(text -> Long.parseLong(text.substring(TICKET.length())))
          .filter(slot -> slot > 0 && slot < Long.MAX_VALUE / 4)
          .orElse(0L);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  static long nanos(long micros) {
    return TimeUnit.MICROSECONDS.toNanos(micros);
  }
}
