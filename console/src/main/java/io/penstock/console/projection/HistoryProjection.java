package io.penstock.console.projection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the projection up to date, on a thread of its own, until it is closed. Whatever fails on
 * the way is tried again with growing pauses: PostgreSQL or Kafka may be away for any time.
 */
public final class HistoryProjection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryProjection.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final HistoryConsumer.Settings settings;
  private final ProjectionStore store;
  private final Runnable migration;
  private final ProjectionObserver observer;
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

  /**
   * Starts.
   *
   * @param rebuild whether to clear the projection first
   * @param migration brings the schema up to date; throws as long as it cannot
   */
  public HistoryProjection(
      HistoryConsumer.Settings settings,
      DataSource database,
      boolean rebuild,
      Runnable migration,
      ProjectionObserver observer) {
    this.settings = settings;
    this.store = new ProjectionStore(database, observer);
    this.observer = observer;
    this.rebuild = rebuild;
    this.migration = migration;
    this.thread = Thread.ofPlatform().daemon().name("console-projection").unstarted(this::run);
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
      store.clear();
      LOG.info("the projection was cleared and is read again from the beginning");
      rebuild = false;
    }
  }

  private void project() throws Exception {
    try (DeadLetters deadLetters = new DeadLetters(settings.bootstrapServers(), observer);
        HistoryConsumer history =
            new HistoryConsumer(
                settings, store, new BatchWriter(store, deadLetters), deadLetters)) {
      consumer = history.kafka();
      while (!isClosing()) {
        if (history.step()) {
          backoff.reset();
          state = State.PROJECTING;
        } else {
          state = State.WAITING;
          history.idle(backoff.next());
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
