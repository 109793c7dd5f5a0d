package io.penstock.orchestrator.start;

import io.penstock.orchestrator.core.Definitions;
import io.penstock.orchestrator.stream.OrchestratorStreams;
import io.penstock.orchestrator.stream.StreamObserver;
import io.penstock.schema.kafka.DefinitionFeed;
import io.penstock.schema.kafka.ProcessName;
import io.penstock.schema.kafka.TopicSetup;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the orchestrator of this process: topics, definitions, then the streams. */
@ApplicationScoped
public class Orchestrator {
  /** In one process: what enters stops first, then who works, who decides, who reads. */
  private static final int STOP_ORDER = 300;

  private static final Logger LOG = LoggerFactory.getLogger(Orchestrator.class);
  private static final Duration DEFINITIONS_WITHIN = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final OrchestratorConfig config;
  private final String bootstrapServers;
  private final int partitions;
  private final short replication;
  private final StreamObserver observer;

  private final Thread thread =
      Thread.ofPlatform().daemon().name("orchestrator-start").unstarted(this::up);

  private volatile DefinitionFeed feed;
  private volatile OrchestratorStreams streams;

  public Orchestrator(
      OrchestratorConfig config,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      @ConfigProperty(name = "penstock.kafka.partitions", defaultValue = "4") int partitions,
      @ConfigProperty(name = "penstock.kafka.replication", defaultValue = "1") short replication,
      StreamObserver observer) {
    this.config = config;
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.replication = replication;
    this.observer = observer;
  }

  void start(@Observes StartupEvent event) {
    OrchestratorRanges.check(config);
    thread.start();
  }

  /** Kafka may come up later than we do. */
  private void up() {
    try {
      while (!attempt()) {
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped before it was up
    }
  }

  private boolean attempt() throws InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      new TopicSetup(admin, partitions, replication).ensure();
      if (feed == null) {
        feed =
            new DefinitionFeed(
                bootstrapServers, "orchestrator-" + ProcessName.get(), changed -> {});
      }
      if (feed.awaitCaughtUp(DEFINITIONS_WITHIN)) {
        streams = start(new DefinitionsFromFeed(feed.index(), config.definitionWait()));
        LOG.info("orchestrator started");
        return true;
      }
      LOG.warn("the definitions have not been read from Kafka yet, waiting on");
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("cannot start yet, trying again");
    }
    return false;
  }

  void stop(@Observes @Priority(STOP_ORDER) ShutdownEvent event) throws InterruptedException {
    thread.interrupt();
    thread.join();
    if (streams != null) {
      streams.close(config.stopWithin());
    }
    if (feed != null) {
      feed.close();
    }
  }

  /** Whether partitions are being processed, or none is assigned. */
  boolean isRunning() {
    OrchestratorStreams current = streams;
    return current != null && current.isRunning();
  }

  /** Whether it has given up for good: only a restart of the process helps. */
  boolean isBroken() {
    OrchestratorStreams current = streams;
    return current != null && current.isBroken();
  }

  private OrchestratorStreams start(Definitions definitions) {
    return OrchestratorStreams.start(
        new OrchestratorStreams.Settings(
            bootstrapServers,
            config.stateDir(),
            partitions,
            replication,
            config.threads(),
            config.standbyReplicas(),
            config.commitInterval(),
            config.definitionWait(),
            config.sessionTimeout(),
            config.transactionTimeout(),
            config.instance()),
        definitions,
        observer);
  }
}
