package io.penstock.benchmark.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends the next webhook when an execution has ended, so that a receiver which answers at once and
 * works later is kept busy, but not buried.
 */
final class ClosedLoop {
  private static final Duration AFTER_A_REFUSAL = Duration.ofMillis(50);

  private final Semaphore window;
  private final long endNanos;
  private final Leads leads;
  private final Sender sender;

  ClosedLoop(int window, long endNanos, Leads leads, Sender sender) {
    this.window = new Semaphore(window);
    this.endNanos = endNanos;
    this.leads = leads;
    this.sender = sender;
  }

  /** To be told about executions that have ended. */
  void ended(int executions) {
    window.release(executions);
  }

  /** Returns when the last webhook is answered. */
  void run(int connections) throws InterruptedException {
    List<Future<?>> senders = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        senders.add(
            threads.submit(
                () -> {
                  sendUntilTheEnd();
                  return null;
                }));
      }
    }
    for (Future<?> sender : senders) {
      try {
        sender.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a sender of the closed loop failed", e.getCause());
      }
    }
  }

  private void sendUntilTheEnd() throws InterruptedException {
    while (true) {
      long left = endNanos - System.nanoTime();
      if (left <= 0 || !window.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        return;
      }
      Leads.Lead lead = leads.next();
      boolean accepted = sender.send(lead, System.nanoTime());
      if (!accepted || lead.repeated()) {
        window.release(); // starts no execution whose end will be told
      }
      if (!accepted) {
        Thread.sleep(AFTER_A_REFUSAL);
      }
    }
  }
}
