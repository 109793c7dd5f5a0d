package io.penstock.console.alert;

import io.penstock.console.ConsoleSettings;
import io.penstock.console.projection.SchemaMigration;
import io.penstock.schema.kafka.DefinitionFeed;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts the search for what alerts tell of with the application, and stops it with it. */
@ApplicationScoped
public class AlertService {
  /** In one process: behind who works and decides, before the projection. */
  private static final int STOP_ORDER = 390;

  private final String bootstrapServers;
  private final ConsoleSettings settings;
  private final DataSource database;
  private final SchemaMigration migration;
  private volatile AlertLoop loop;

  AlertService(
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      ConsoleSettings settings,
      DataSource database,
      SchemaMigration migration) {
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
    this.database = database;
    this.migration = migration;
  }

  void onStart(@Observes StartupEvent started) {
    EventDoor door = new EventDoor(settings.ingestUrl().toString());
    loop =
        new AlertLoop(
            migration::run,
            () -> new DefinitionFeed(bootstrapServers, readerName(), changed -> {}),
            new AlertRound(database, door, InstantSource.system()));
  }

  void onStop(@Observes @Priority(STOP_ORDER) ShutdownEvent stopping) {
    if (loop != null) {
      loop.close();
    }
  }

  /** No two living readers have the same. */
  private static String readerName() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "localhost";
    }
    return "console-" + host + "-" + ProcessHandle.current().pid();
  }
}
