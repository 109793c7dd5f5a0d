package io.penstock.console.projection;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a projection up to date, on a thread of its own, until it is closed. Whatever fails on the
 * way is tried again with growing pauses: PostgreSQL or Kafka may be away for any time.
 */
public final class TopicProjection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicProjection.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final Projected projected;
  private final Runnable migration;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Backoff backoff = new Backoff();
  private final Thread thread;
  private boolean rebuild;
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile State state = State.STARTING;

  /** What the projection is doing. */
  public enum State {
    STARTING,
    PROJECTING,
    /** It goes on by itself when PostgreSQL, or Kafka, is there again. */
    WAITING
  }

  /** What is projected. */
  public interface Projected {
    /** For the thread and the log. */
    String name();

    /** Forgets everything, so that it is read again from the beginning. */
    void clear() throws SQLException, OvertakenException;

    /** Begins to read. Closed when reading fails, and opened again. */
    PositionedConsumer open();
  }

  /**
   * Starts.
   *
   * @param rebuild whether to clear the projection first
   * @param migration brings the schema up to date; throws as long as it cannot
   */
  public TopicProjection(Projected projected, boolean rebuild, Runnable migration) {
    this.projected = projected;
    this.rebuild = rebuild;
    this.migration = migration;
    this.thread = Thread.ofPlatform().daemon().name(projected.name()).unstarted(this::run);
    thread.start();
  }

  public State state() {
    return state;
  }

  /** Whether the thread lives, as it does until {@link #close()}. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    closing.countDown();
    KafkaConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      if (!thread.join(CLOSE_LIMIT)) {
        LOG.warn("the projection did not stop in time and was left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosing()) {
      try {
        prepare();
        project();
      } catch (WakeupException e) {
        // Only close() wakes up; the loop's condition sees it.
      } catch (Exception e) {
        state = State.WAITING;
        Duration pause = backoff.next();
        LOG.atWarn()
            .addKeyValue("projection", projected.name())
            .addKeyValue("cause", e.getClass().getName())
            .addKeyValue("reason", e.getMessage())
            .addKeyValue("pause", pause)
            .log("the projection cannot go on and tries again");
        sleep(pause);
      }
    }
  }

  private void prepare() throws Exception {
    migration.run();
    if (rebuild) {
      projected.clear();
      LOG.atInfo()
          .addKeyValue("projection", projected.name())
          .log("the projection was cleared and is read again from the beginning");
      rebuild = false;
    }
  }

  private void project() throws Exception {
    try (PositionedConsumer reader = projected.open()) {
      consumer = reader.kafka();
      while (!isClosing()) {
        if (reader.step()) {
          backoff.reset();
          state = State.PROJECTING;
        } else {
          state = State.WAITING;
          reader.idle(backoff.next());
        }
      }
    } finally {
      consumer = null;
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void sleep(Duration pause) {
    try {
      if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        state = State.WAITING;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
