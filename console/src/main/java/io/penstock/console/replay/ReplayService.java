package io.penstock.console.replay;

import io.penstock.console.ConsoleSettings;
import io.penstock.console.projection.SchemaMigration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** Starts the work on replays with the application and stops it with it. */
@ApplicationScoped
public class ReplayService {
  /** Before the projections, whose news it waits for. */
  private static final int STOP_ORDER = 390;

  private static final Duration REQUEST = Duration.ofSeconds(10);
  private static final Duration LEASE = Duration.ofSeconds(20);

  /** Time for a record to be read, refused, written as a dead letter and read by the console. */
  private static final Duration RECORD_SETTLES = Duration.ofSeconds(10);

  private final ConsoleSettings settings;
  private final Database database;
  private final SchemaMigration migration;
  private volatile Ingest ingest;
  private volatile ReplayWorker worker;

  ReplayService(ConsoleSettings settings, Database database, SchemaMigration migration) {
    this.settings = settings;
    this.database = database;
    this.migration = migration;
  }

  void onStart(@Observes StartupEvent started) {
    String console = UUID.randomUUID().toString();
    ingest = new Ingest(settings.ingestUrl(), REQUEST);
    worker =
        new ReplayWorker(
            database,
            new Round(
                database,
                ingest,
                new Outcomes(RECORD_SETTLES, settings.maxReplays()),
                console,
                LEASE),
            console,
            InstantSource.system(),
            migration::run);
    worker.start();
  }

  void onStop(@Observes @Priority(STOP_ORDER) ShutdownEvent stopping) {
    if (worker != null) {
      worker.close();
      ingest.close();
    }
  }

  void wake() {
    worker.wake();
  }
}
