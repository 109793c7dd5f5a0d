package io.penstock.worker.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the commands of one kind and has each worked on by a virtual thread of its own, in no
 * order, up to a limit. A record is acknowledged once its worker has returned; one whose worker
 * threw is released, to come again.
 */
final class StepConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(StepConsumer.class);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration PAUSE_WHEN_EARLY = Duration.ofMillis(50);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final String name;
  private final Supplier<UnorderedShareConsumer> connect;
  private final RecordWork work;
  private final int concurrency;
  private final int recordsAtOnce;
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private int inFlight;
  private volatile boolean running;
  private volatile long drainUntilNanos;
  private volatile boolean draining;

  /** What is done with one record. */
  @FunctionalInterface
  interface RecordWork {
    /**
     * @throws InterruptedException if the process ends: the record comes again, elsewhere
     */
    void handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException;
  }

  StepConsumer(
      String name,
      Supplier<UnorderedShareConsumer> connect,
      RecordWork work,
      int concurrency,
      int recordsAtOnce) {
    this.name = name;
    this.connect = connect;
    this.work = work;
    this.concurrency = concurrency;
    this.recordsAtOnce = recordsAtOnce;
    this.thread = Thread.ofPlatform().name("steps-" + name).unstarted(this::consume);
  }

  /** How many records a fetch may bring, so that several fetches fit below the limit. */
  static int recordsAtOnce(int concurrency) {
    return Math.max(1, concurrency / 4);
  }

  void start() {
    thread.start();
  }

  /** Whether it takes commands: connected, and not in trouble or stopping. */
  boolean isRunning() {
    return running;
  }

  /** Begins to stop: takes nothing more, finishes what is in flight within the time. */
  void drain(Duration atMost) {
    drainUntilNanos = System.nanoTime() + atMost.toNanos();
    draining = true;
  }

  void awaitClosed(Duration drain) throws InterruptedException {
    if (!closed.await(drain.plus(CLOSE_LIMIT).toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.atWarn().addKeyValue("kind", name).log("a worker did not stop in time, left behind");
    }
  }

  private void consume() {
    try {
      while (!draining) {
        consumeWhileWell();
      }
    } finally {
      running = false;
      closed.countDown();
    }
  }

  /** One life of a client: whatever it throws, the next one starts with nothing held. */
  private void consumeWhileWell() {
    try (UnorderedShareConsumer consumer = connect.get()) {
      running = true;
      while (!draining || (inFlight > 0 && System.nanoTime() < drainUntilNanos)) {
        turn(consumer);
      }
      settleEnded(consumer);
    } catch (TooEarlyException e) {
      LOG.atDebug().addKeyValue("kind", name).log("not taking commands yet: {}", e.getMessage());
      pause(PAUSE_WHEN_EARLY);
    } catch (RuntimeException e) {
      // Whatever it was: without this thread the kind would stand still in this process.
      running = false;
      LOG.atError()
          .addKeyValue("kind", name)
          .setCause(e)
          .log("taking commands failed, beginning again");
      pause(PAUSE_AFTER_FAILURE);
    }
  }

  private void turn(UnorderedShareConsumer consumer) {
    settleEnded(consumer);
    consumer.renewWhatIsDue();
    if (!draining && inFlight + recordsAtOnce <= concurrency) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        inFlight++;
        Thread.ofVirtual().name(name).start(() -> handle(record));
      }
    } else {
      awaitOneEnd();
    }
  }

  private void handle(ConsumerRecord<byte[], byte[]> record) {
    RecordPlace place = RecordPlace.of(record);
    AcknowledgeType how = AcknowledgeType.RELEASE;
    try {
      work.handle(record);
      how = AcknowledgeType.ACCEPT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("topic", place.topic())
          .addKeyValue("partition", place.partition())
          .addKeyValue("offset", place.offset())
          .setCause(e)
          .log("a command could not be worked on; it comes again");
    } finally {
      ended.add(new Ended(place, how));
    }
  }

  private void settleEnded(UnorderedShareConsumer consumer) {
    List<Ended> now = new ArrayList<>();
    ended.drainTo(now);
    if (now.isEmpty()) {
      return;
    }
    inFlight -= now.size();
    Map<RecordPlace, AcknowledgeType> ends = HashMap.newHashMap(now.size());
    now.forEach(one -> ends.put(one.place(), one.how()));
    consumer.settle(ends);
  }

  private void awaitOneEnd() {
    try {
      Ended one = ended.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
      if (one != null) {
        ended.add(one);
      }
    } catch (InterruptedException e) {
      draining = true;
    }
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      draining = true;
    }
  }

  /** Thrown by who connects, while commands may not be taken yet: expected, so tried again soon. */
  static final class TooEarlyException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TooEarlyException(String reason) {
      super(reason);
    }
  }

  private record Ended(RecordPlace place, AcknowledgeType how) {}
}
