package io.penstock.benchmark.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A line now and then for whoever waits. */
final class Progress implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Sends sends;
  private final long beginNanos;
  private final Consumer<String> lines;
  private final AtomicLong completed = new AtomicLong();
  private final Thread ticker;

  Progress(Sends sends, long beginNanos, Consumer<String> lines) {
    this.sends = sends;
    this.beginNanos = beginNanos;
    this.lines = lines;
    this.ticker = Thread.ofVirtual().name("progress").start(this::tick);
  }

  void completed(int executions) {
    completed.addAndGet(executions);
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        lines.accept(
            "%d s: %d sent, %d executions ended, answers %s"
                .formatted(
                    Duration.ofNanos(System.nanoTime() - beginNanos).toSeconds(),
                    sends.requests(),
                    completed.get(),
                    sends.statuses()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @Override
  public void close() throws InterruptedException {
    ticker.interrupt();
    ticker.join();
  }
}
