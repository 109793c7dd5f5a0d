package io.penstock.console.projection;

import io.penstock.console.ConsoleSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/** Starts the projection with the application and stops it with it. */
@ApplicationScoped
public class ProjectionService {
  /** In one process: what enters stops first, then who works, who decides, who reads. */
  private static final int STOP_ORDER = 400;

  private final String bootstrapServers;
  private final ConsoleSettings settings;
  private final DataSource database;
  private final Flyway flyway;
  private final ProjectionObserver observer;
  private volatile HistoryProjection projection;

  ProjectionService(
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      ConsoleSettings settings,
      DataSource database,
      Flyway flyway,
      ProjectionObserver observer) {
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
    this.database = database;
    this.flyway = flyway;
    this.observer = observer;
  }

  void onStart(@Observes StartupEvent started) {
    projection =
        new HistoryProjection(
            new HistoryConsumer.Settings(bootstrapServers, settings.gather(), settings.instance()),
            database,
            settings.rebuild(),
            flyway::migrate,
            observer);
  }

  void onStop(@Observes @Priority(STOP_ORDER) ShutdownEvent stopping) {
    if (projection != null) {
      projection.close();
    }
  }

  HistoryProjection projection() {
    return projection;
  }
}
