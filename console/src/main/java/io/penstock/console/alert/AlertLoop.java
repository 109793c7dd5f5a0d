package io.penstock.console.alert;

import io.penstock.console.projection.Backoff;
import io.penstock.schema.definition.Alert;
import io.penstock.schema.kafka.DefinitionIndex;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again, on a thread of its own, until it is closed. Without alerts it asks the
 * database nothing.
 */
final class AlertLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** The more there is to look through, the rarer: a twentieth of the time at most. */
  private static final int REST = 19;

  private static final Duration FORGET_AFTER = Duration.ofHours(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Runnable migration;
  private final Supplier<Optional<DefinitionIndex>> definitions;
  private final AlertRound round;
  private final Backoff backoff = new Backoff(LONGEST_PAUSE);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("console-alerts").unstarted(this::run);
  private boolean migrated;
  private long forgotAt = System.nanoTime() - FORGET_AFTER.toNanos();

  /**
   * Starts.
   *
   * @param migration of the tables; throws as long as PostgreSQL is away
   * @param definitions empty until they have been read; is asked again if it throws
   */
  AlertLoop(Runnable migration, Supplier<Optional<DefinitionIndex>> definitions, AlertRound round) {
    this.migration = migration;
    this.definitions = definitions;
    this.round = round;
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      if (!thread.join(CLOSE_LIMIT)) {
        LOG.warn("alerts did not stop in time and were left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      Duration pause = Duration.ZERO;
      while (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        pause = look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close() has asked for the end
    }
  }

  /** Returns how long to wait before the next look. */
  private Duration look() throws InterruptedException {
    try {
      long began = System.nanoTime();
      List<Alert> alerts = alerts();
      if (alerts.isEmpty()) {
        return PAUSE;
      }
      migrateOnce();
      forgetSometimes();
      if (!round.run(alerts)) {
        return backoff.next();
      }
      backoff.reset();
      Duration rest = Duration.ofNanos(System.nanoTime() - began).multipliedBy(REST);
      return rest.compareTo(PAUSE) > 0 ? rest : PAUSE;
    } catch (SQLException e) {
      LOG.atWarn()
          .addKeyValue("sqlState", e.getSQLState())
          .addKeyValue("cause", e.getClass().getName())
          .log("alerts wait: PostgreSQL does not answer");
      return backoff.next();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("alerts could not be looked for, trying again");
      return backoff.next();
    }
  }

  private List<Alert> alerts() {
    return definitions.get().map(index -> index.current(Alert.class)).orElse(List.of());
  }

  private void migrateOnce() {
    if (!migrated) {
      migration.run();
      migrated = true;
    }
  }

  private void forgetSometimes() throws SQLException {
    if (System.nanoTime() - forgotAt >= FORGET_AFTER.toNanos()) {
      round.forget();
      forgotAt = System.nanoTime();
    }
  }
}
