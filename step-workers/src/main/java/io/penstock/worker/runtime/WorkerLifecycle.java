package io.penstock.worker.runtime;

import io.penstock.schema.definition.Definition;
import io.penstock.schema.kafka.ProcessName;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.InvalidDefinitionException;
import io.penstock.schema.message.StepKind;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts the workers with the application and stops them with it. */
@ApplicationScoped
public class WorkerLifecycle {
  /** In one process: what enters stops first, then who works, who decides, who reads. */
  private static final int STOP_ORDER = 200;

  private final WorkerConfig config;
  private final Instance<StepHandler> handlers;
  private final WorkerSecrets secrets;
  private final AttemptObserver observer;
  private final String bootstrapServers;
  private final int partitions;
  private final TopicDeclaration topics;
  private volatile Workers workers;

  public WorkerLifecycle(
      WorkerConfig config,
      Instance<StepHandler> handlers,
      WorkerSecrets secrets,
      AttemptObserver observer,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      @ConfigProperty(name = "penstock.kafka.partitions", defaultValue = "4") int partitions,
      @ConfigProperty(name = "penstock.kafka.replication", defaultValue = "1") short replication) {
    this.config = config;
    this.handlers = handlers;
    this.secrets = secrets;
    this.observer = observer;
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.topics = new TopicDeclaration(bootstrapServers, partitions, replication);
  }

  void start(@Observes StartupEvent event) {
    workers =
        Workers.start(
            new Workers.Setup(
                bootstrapServers,
                topics::ensure,
                partitions,
                ProcessName.get(),
                handlers.stream().toList(),
                concurrency(),
                WorkerLifecycle::definition,
                secrets,
                config.definitionWait(),
                config.drain(),
                Clock.systemUTC(),
                observer));
  }

  void stop(@Observes @Priority(STOP_ORDER) ShutdownEvent event) {
    if (workers != null) {
      workers.close();
    }
  }

  /** Empty before the start. */
  Optional<Workers> workers() {
    return Optional.ofNullable(workers);
  }

  private Map<StepKind, Integer> concurrency() {
    Map<StepKind, Integer> concurrency = new EnumMap<>(StepKind.class);
    for (String id : config.kinds()) {
      StepKind kind = kind(id);
      int limit =
          switch (kind) {
            case ENRICH -> config.enrich().concurrency();
            case LLM -> config.llm().concurrency();
            case ROUTE -> config.route().concurrency();
            case NOTIFY -> config.notifying().concurrency();
          };
      if (limit < 1) {
        throw new IllegalArgumentException(
            "penstock.worker.%s.concurrency is %d; write 1 or more".formatted(id, limit));
      }
      concurrency.put(kind, limit);
    }
    return concurrency;
  }

  private static StepKind kind(String id) {
    List<StepKind> all = List.of(StepKind.values());
    return all.stream()
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "penstock.worker.kinds contains '%s'; known are %s"
                        .formatted(
                            id,
                            Arrays.stream(StepKind.values())
                                .map(StepKind::id)
                                .collect(Collectors.joining(", ")))));
  }

  private static Definition definition(byte[] json) throws UnreadableRecordException {
    try {
      return DefinitionReader.fromJson(json);
    } catch (InvalidDefinitionException e) {
      throw new UnreadableRecordException("no definition: " + e.problems());
    }
  }
}
