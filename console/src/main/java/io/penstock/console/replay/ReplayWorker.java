package io.penstock.console.replay;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on replays, on a thread of its own, until it is closed. */
final class ReplayWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayWorker.class);
  private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(200);
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(12);

  private final Database database;
  private final Round round;
  private final String console;
  private final InstantSource clock;
  private final Runnable migration;
  private final Map<String, Pace> paces = new HashMap<>();
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closing;

  /**
   * @param console unlike that of any other worker
   * @param migration throws as long as PostgreSQL is away
   */
  ReplayWorker(
      Database database, Round round, String console, InstantSource clock, Runnable migration) {
    this.database = database;
    this.round = round;
    this.console = console;
    this.clock = clock;
    this.migration = migration;
    this.thread = Thread.ofPlatform().daemon().name("console-replays").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** There is something to do. */
  void wake() {
    news.release();
  }

  /** Ends between two transactions; what is not done yet the next console does. */
  @Override
  public void close() {
    closing = true;
    news.release();
    try {
      if (!thread.join(CLOSE_LIMIT)) {
        LOG.warn("the worker of replays did not stop in time and was left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean migrated = false;
    try {
      while (!closing) {
        Duration pause = AFTER_FAILURE;
        try {
          if (!migrated) {
            migration.run();
            migrated = true;
          }
          pause = all();
        } catch (SQLException | RuntimeException e) {
          tellFailure(e);
        }
        if (news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      }
      leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @return how long to wait before the next time
   */
  private Duration all() throws SQLException, InterruptedException {
    List<String> ids = database.change(c -> Replaying.withWork(c, console));
    paces.keySet().retainAll(ids);
    boolean failed = false;
    for (String id : ids) {
      if (closing) {
        break;
      }
      try {
        one(id);
      } catch (SQLException | RuntimeException e) {
        failed = true; // those behind it may go well
        tellFailure(e);
      }
    }
    if (failed) {
      return AFTER_FAILURE;
    }
    return ids.isEmpty() ? IDLE : BETWEEN_ROUNDS;
  }

  private void one(String id) throws SQLException, InterruptedException {
    Optional<Replaying> replay = round.claim(id);
    if (replay.isPresent()) {
      double perSecond = replay.get().perSecond();
      round.run(replay.get(), paces.computeIfAbsent(id, any -> new Pace(perSecond, clock)));
    }
  }

  private static void tellFailure(Exception failure) {
    LOG.atWarn()
        .addKeyValue("cause", failure.getClass().getName())
        .addKeyValue("reason", failure.getMessage())
        .log("replays cannot go on and are tried again");
  }

  private void leave() {
    try {
      database.change(connection -> Replaying.leave(connection, console));
    } catch (SQLException e) {
      LOG.debug("the leases on replays end by themselves", e);
    }
  }
}
