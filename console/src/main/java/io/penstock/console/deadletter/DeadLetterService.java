package io.penstock.console.deadletter;

import io.penstock.console.ConsoleSettings;
import io.penstock.console.projection.PositionedConsumer;
import io.penstock.console.projection.SchemaMigration;
import io.penstock.console.projection.TopicProjection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts the projection of dead letters with the application and stops it with it. */
@ApplicationScoped
public class DeadLetterService {
  /** As history's. */
  private static final int STOP_ORDER = 400;

  private final PositionedConsumer.Settings reading;
  private final boolean rebuild;
  private final DataSource database;
  private final SchemaMigration migration;
  private volatile TopicProjection projection;

  DeadLetterService(
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      ConsoleSettings settings,
      DataSource database,
      SchemaMigration migration) {
    this.reading =
        new PositionedConsumer.Settings(bootstrapServers, settings.gather(), settings.instance());
    this.rebuild = settings.rebuild();
    this.database = database;
    this.migration = migration;
  }

  void onStart(@Observes StartupEvent started) {
    projection =
        new TopicProjection(new DeadLetterProjection(reading, database), rebuild, migration::run);
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
