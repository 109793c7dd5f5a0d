package io.penstock.benchmark.load;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntConsumer;

/**
 * How many executions the stub world has seen the end of, asked again and again while a load is
 * under way.
 */
final class Completions implements AutoCloseable {
  private final WorldClient world;
  private final String prefix;
  private final Duration interval;
  private final IntConsumer more;
  private final Thread poller;
  private volatile int seen;

  /**
   * Begins to ask.
   *
   * @param more told how many new ones there are
   */
  Completions(WorldClient world, String prefix, Duration interval, IntConsumer more) {
    this.world = world;
    this.prefix = prefix;
    this.interval = interval;
    this.more = more;
    this.poller = Thread.ofVirtual().name("completions").start(this::poll);
  }

  int seen() {
    return seen;
  }

  private void poll() {
    try {
      while (true) {
        Thread.sleep(interval);
        ask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void ask() throws InterruptedException {
    try {
      int now = world.completed(prefix);
      int fresh = now - seen;
      seen = now;
      if (fresh > 0) {
        more.accept(fresh);
      }
    } catch (IOException e) {
      // The world is being killed or restarted; the figures come from its last answer.
    }
  }

  @Override
  public void close() throws InterruptedException {
    poller.interrupt();
    poller.join();
  }
}
