package io.penstock.benchmark.load;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends when it is due, also while earlier webhooks still wait for their answer. */
final class OpenLoop {
  private OpenLoop() {}

  /** Returns when the last one is answered. */
  static void run(Schedule schedule, long endNanos, Leads leads, Sender sender)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long n = 0; schedule.dueNanos(n) < endNanos; n++) {
        long due = schedule.dueNanos(n);
        schedule.awaitDue(n);
        Leads.Lead lead = leads.next();
        threads.execute(() -> send(sender, lead, due));
      }
    }
  }

  private static void send(Sender sender, Leads.Lead lead, long due) {
    try {
      sender.send(lead, due);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the whole load is being stopped
    }
  }
}
