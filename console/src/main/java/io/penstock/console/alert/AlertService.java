package io.penstock.console.alert;

import io.penstock.console.ConsoleSettings;
import io.penstock.console.definition.KnownDefinitions;
import io.penstock.console.projection.SchemaMigration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import javax.sql.DataSource;

/** Starts the search for what alerts tell of with the application, and stops it with it. */
@ApplicationScoped
public class AlertService {
  /** In one process: behind who works and decides, before the projection. */
  private static final int STOP_ORDER = 390;

  private final KnownDefinitions definitions;
  private final ConsoleSettings settings;
  private final DataSource database;
  private final SchemaMigration migration;
  private volatile AlertLoop loop;

  AlertService(
      KnownDefinitions definitions,
      ConsoleSettings settings,
      DataSource database,
      SchemaMigration migration) {
    this.definitions = definitions;
    this.settings = settings;
    this.database = database;
    this.migration = migration;
  }

  void onStart(@Observes StartupEvent started) {
    EventDoor door = new EventDoor(settings.ingestUrl().toString());
    loop =
        new AlertLoop(
            migration::run,
            definitions::index,
            new AlertRound(database, door, InstantSource.system()));
  }

  void onStop(@Observes @Priority(STOP_ORDER) ShutdownEvent stopping) {
    if (loop != null) {
      loop.close();
    }
  }
}
