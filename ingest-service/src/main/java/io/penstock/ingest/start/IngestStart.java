package io.penstock.ingest.start;

import io.penstock.ingest.definition.KnownDefinitions;
import io.penstock.ingest.publish.InputPublisher;
import io.penstock.schema.kafka.TopicSetup;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the service up: topics, producer, definitions. It tries until Kafka is there; the process
 * lives meanwhile, answers 503 and says in its readiness what is missing.
 */
@ApplicationScoped
public class IngestStart {
  /** In one process: what enters stops first, then who works, who decides, who reads. */
  private static final int STOP_ORDER = 100;

  private static final Logger LOG = LoggerFactory.getLogger(IngestStart.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final KafkaAddress kafka;
  private final InputPublisher publisher;
  private final KnownDefinitions definitions;
  private final int partitions;
  private final short replication;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("ingest-start").unstarted(this::up);
  private volatile String missing = "not started";

  IngestStart(
      KafkaAddress kafka,
      InputPublisher publisher,
      KnownDefinitions definitions,
      @ConfigProperty(name = "penstock.kafka.partitions", defaultValue = "4") int partitions,
      @ConfigProperty(name = "penstock.kafka.replication", defaultValue = "1") short replication) {
    this.kafka = kafka;
    this.publisher = publisher;
    this.definitions = definitions;
    this.partitions = partitions;
    this.replication = replication;
  }

  void start(@Observes StartupEvent event, IngestConfig config) {
    ConfigRanges.check(config);
    thread.start();
  }

  void stop(@Observes @Priority(STOP_ORDER) ShutdownEvent event) throws InterruptedException {
    thread.interrupt();
    thread.join(STOP_LIMIT);
    definitions.close();
    publisher.close();
  }

  /** What the service still waits for; empty when it is up. */
  String missing() {
    return missing;
  }

  private void up() {
    try {
      while (!attempt()) {
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Error e) {
      // Nobody waits for this thread: without this it would end without a word.
      missing = "starting ended by " + e + ": restart the process";
      LOG.error("ingest cannot start", e);
      throw e;
    }
  }

  private boolean attempt() throws InterruptedException {
    try {
      setUpTopics();
      publisher.open(kafka.bootstrapServers());
      definitions.open(kafka.bootstrapServers(), kafka.readerName());
      missing = "definitions are being read";
      if (definitions.awaitRead(Duration.ofSeconds(30))) {
        missing = "";
        return true;
      }
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      missing = String.valueOf(e.getMessage() == null ? e : e.getMessage());
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("ingest cannot start yet, trying again");
    }
    return false;
  }

  private void setUpTopics() {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            AdminClientConfig.CLIENT_ID_CONFIG,
            "penstock-ingest-setup");
    try (Admin admin = Admin.create(settings)) {
      new TopicSetup(admin, partitions, replication).ensure();
    }
  }
}
