package io.penstock.worker.runtime;

import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DefinitionFeed;
import io.penstock.schema.message.StepKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The workers of one process: a consumer for each of its kinds, one producer, one set of
 * definitions. Nothing of it needs CDI; {@link WorkerLifecycle} starts and stops it there.
 */
public final class Workers implements AutoCloseable {
  private static final int REMEMBERED_COMMANDS = 10_000;
  private static final long REMEMBERED_BYTES = 32L * 1024 * 1024;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

  private final Map<StepKind, StepConsumer> consumers = new LinkedHashMap<>();
  private final WorkerDefinitions definitions;
  private final OutcomeProducer producer;
  private final Duration drain;

  /**
   * What the workers of a process are made of.
   *
   * @param declareTopics called before each connection; may throw {@link IllegalStateException} to
   *     be called again later
   * @param partitions of the input topic, where outcomes go
   * @param worker names the process in outcomes and client ids; no two living ones may have the
   *     same
   * @param concurrency of each kind that this process works on
   */
  public record Setup(
      String bootstrapServers,
      Runnable declareTopics,
      int partitions,
      String worker,
      Collection<StepHandler> handlers,
      Map<StepKind, Integer> concurrency,
      DefinitionFeed.DefinitionParser parser,
      WorkerSecrets secrets,
      Duration definitionWait,
      Duration drain,
      Clock clock,
      AttemptObserver observer) {}

  /** Connects and begins to take commands; does not wait for the broker. */
  public static Workers start(Setup setup) {
    Workers workers = new Workers(setup);
    workers.consumers.values().forEach(StepConsumer::start);
    return workers;
  }

  private Workers(Setup setup) {
    this.drain = setup.drain();
    this.definitions =
        new WorkerDefinitions(
            setup.bootstrapServers(), setup.worker(), setup.parser(), setup.definitionWait());
    this.producer = new OutcomeProducer(setup.bootstrapServers(), setup.worker());
    CommandMemory memory =
        new CommandMemory(REMEMBERED_COMMANDS, REMEMBERED_BYTES, REMEMBERED_FOR, System::nanoTime);
    for (StepHandler handler : setup.handlers()) {
      Integer concurrency = setup.concurrency().get(handler.kind());
      if (concurrency != null) {
        CommandWork work =
            new CommandWork(
                handler,
                definitions,
                producer,
                new OutcomeLimits(setup.secrets().scrubber()),
                memory,
                setup.partitions(),
                setup.clock(),
                setup.worker(),
                setup.observer());
        consumers.put(handler.kind(), consumer(setup, handler.kind(), concurrency, work));
      }
    }
  }

  private StepConsumer consumer(Setup setup, StepKind kind, int concurrency, CommandWork work) {
    int recordsAtOnce = StepConsumer.recordsAtOnce(concurrency);
    return new StepConsumer(
        kind.id(),
        () -> {
          setup.declareTopics().run();
          if (!definitions.isCaughtUp()) {
            // An attempt may need what stands last in their topic, e.g. a changed Api.
            throw new StepConsumer.TooEarlyException("the definitions are not read to their end");
          }
          return new UnorderedShareConsumer(
              setup.bootstrapServers(),
              ConsumerGroup.workers(kind),
              Topic.stepsOf(kind).topicName(),
              "penstock-" + kind.id() + "-" + setup.worker(),
              recordsAtOnce);
        },
        work,
        concurrency,
        recordsAtOnce);
  }

  /** Whether every kind takes commands and the definitions are read to their end. */
  public boolean isReady() {
    return definitions.isCaughtUp()
        && consumers.values().stream().allMatch(StepConsumer::isRunning);
  }

  /** What {@link #isReady} is made of, for people: {@code llm=true, definitions=false}. */
  public Map<String, Boolean> readiness() {
    Map<String, Boolean> parts = new LinkedHashMap<>();
    parts.put("definitions", definitions.isCaughtUp());
    consumers.forEach((kind, consumer) -> parts.put(kind.id(), consumer.isRunning()));
    return parts;
  }

  /** Takes nothing more, finishes what is in flight within the drain time, then disconnects. */
  @Override
  public void close() {
    consumers.values().forEach(consumer -> consumer.drain(drain));
    try {
      for (StepConsumer consumer : consumers.values()) {
        consumer.awaitClosed(drain);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    definitions.close();
    producer.close();
  }
}
