package io.penstock.soak.load;

import io.penstock.soak.world.Events;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Events at a rate that does not wait for answers. Every tenth is delivered twice at the same time,
 * every tenth again some seconds after it was accepted.
 */
public final class WebhookLoad {
  private static final int TWICE_EVERY = 10;
  private static final int TWICE_AT = 3;
  private static final int LATE_AT = 7;
  private static final Duration LATE = Duration.ofSeconds(8);

  private final Sender sender;
  private final int cycle;
  private final Duration apart;
  private final AtomicInteger underWay = new AtomicInteger();
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopped;

  /**
   * @param ingest its address
   * @param perSecond events, repetitions not counted
   */
  public WebhookLoad(String ingest, Ledger ledger, int cycle, int perSecond) {
    this.sender = new Sender(ingest, ledger);
    this.cycle = cycle;
    this.apart = Duration.ofSeconds(1).dividedBy(perSecond);
  }

  public void start() {
    Thread.ofPlatform().name("webhook-load").daemon().start(this::send);
  }

  private void send() {
    long next = System.nanoTime();
    for (int number = 0; !stopped; number++) {
      String id = Events.id(cycle, number);
      int place = number % TWICE_EVERY;
      deliver(id, place == LATE_AT);
      if (place == TWICE_AT) {
        deliver(id, false);
      }
      next += apart.toNanos();
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void deliver(String id, boolean again) {
    underWay.incrementAndGet();
    senders.execute(
        () -> {
          try {
            sender.deliver(id);
            if (again) {
              Thread.sleep(LATE);
              sender.deliver(id);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // given up: it stays without an acceptance
          } finally {
            underWay.decrementAndGet();
          }
        });
  }

  /** Sends no new events. Those under way are delivered still. */
  public void stop() {
    stopped = true;
  }

  /** Whether everything that was sent is accepted. */
  public boolean isDelivered() {
    return stopped && underWay.get() == 0;
  }

  /** Gives up whatever is not accepted yet. */
  public void giveUp() {
    stopped = true;
    senders.shutdownNow();
  }
}
