package io.penstock.sicknetwork;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The toxics of one direction now, and the waiting that they demand; a change ends all waiting. */
final class Way {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Toxics toxics = Toxics.NONE;

  void set(Toxics next) {
    lock.lock();
    try {
      toxics = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Toxics toxics() {
    lock.lock();
    try {
      return toxics;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until what was received may be sent on.
   *
   * @param receivedAt by {@link System#nanoTime()}
   * @param chance from 0 to 1: which part of the jitter it gets
   * @return what holds for sending it
   */
  Toxics awaitTurn(long receivedAt, double chance) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        long left = receivedAt + delayNanos(chance) - System.nanoTime();
        if (toxics.held()) {
          changed.await();
        } else if (left > 0) {
          var unused = changed.awaitNanos(left); // woken early or not: the loop looks again
        } else {
          return toxics;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits as long as so many bytes take, or until the toxics change. */
  void awaitSent(int bytes, Toxics by) throws InterruptedException {
    if (by.bytesPerSecond() == Long.MAX_VALUE) {
      return;
    }
    long end = System.nanoTime() + bytes * TimeUnit.SECONDS.toNanos(1) / by.bytesPerSecond();
    lock.lockInterruptibly();
    try {
      long left = end - System.nanoTime();
      while (left > 0 && toxics.equals(by)) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  private long delayNanos(double chance) {
    Duration jitter = toxics.jitter();
    return toxics.latency().toNanos() + (long) (jitter.toNanos() * chance);
  }
}
