package io.penstock.console.definition;

import io.penstock.schema.kafka.DefinitionFeed;
import io.penstock.schema.kafka.DefinitionIndex;
import io.penstock.schema.kafka.ProcessName;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What is defined, read once for all in the console who ask for it. */
@ApplicationScoped
public class KnownDefinitions {
  /** Behind those who ask. */
  private static final int STOP_ORDER = 395;

  private final String bootstrapServers;
  private DefinitionFeed feed;
  private boolean stopped;

  KnownDefinitions(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Reading begins with who asks first.
   *
   * @return empty until all has been read that was there at the beginning
   * @throws org.apache.kafka.common.KafkaException if reading cannot begin: to be asked again
   */
  public synchronized Optional<DefinitionIndex> index() {
    if (stopped) {
      return Optional.empty();
    }
    if (feed == null) {
      feed = new DefinitionFeed(bootstrapServers, "console-" + ProcessName.get(), changed -> {});
    }
    return feed.isCaughtUp() ? Optional.of(feed.index()) : Optional.empty();
  }

  synchronized void onStop(@Observes @Priority(STOP_ORDER) ShutdownEvent stopping) {
    stopped = true;
    if (feed != null) {
      feed.close();
    }
  }
}
