package io.penstock.console.projection;

import io.penstock.console.ConsoleSettings;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts the projection with the application and stops it with it. */
@ApplicationScoped
public class ProjectionService {
  /** In one process: what enters stops first, then who works, who decides, who reads. */
  private static final int STOP_ORDER = 400;

  private final String bootstrapServers;
  private final ConsoleSettings settings;
  private final DataSource database;
  private final SchemaMigration migration;
  private final ProjectionObserver observer;
  private final List<HistoryFollower> followers;
  private volatile TopicProjection projection;

  ProjectionService(
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      ConsoleSettings settings,
      DataSource database,
      SchemaMigration migration,
      ProjectionObserver observer,
      @All List<HistoryFollower> followers) {
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
    this.database = database;
    this.migration = migration;
    this.observer = observer;
    this.followers = followers;
  }

  void onStart(@Observes StartupEvent started) {
    projection =
        new TopicProjection(
            new HistoryProjection(
                new PositionedConsumer.Settings(
                    bootstrapServers, settings.gather(), settings.instance()),
                database,
                observer,
                followers),
            settings.rebuild(),
            migration::run);
  }

  void onStop(@Observes @Priority(STOP_ORDER) ShutdownEvent stopping) {
    if (projection != null) {
      projection.close();
    }
  }

  TopicProjection projection() {
    return projection;
  }
}
