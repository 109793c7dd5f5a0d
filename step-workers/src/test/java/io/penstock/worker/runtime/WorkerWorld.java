package io.penstock.worker.runtime;

import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.TopicSetup;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.InvalidDefinitionException;
import io.penstock.schema.language.Located;
import io.penstock.schema.language.Reading;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.secret.EnvironmentAndFileSecrets;
import io.penstock.testbroker.TestKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A real broker with Penstock's topics and an orchestrator's hands; one partition by default. */
public final class WorkerWorld implements AutoCloseable {
  /** One step of each kind; what the steps call does not matter to those who use this. */
  public static final String WORKFLOW =
      """
      kind: Workflow
      name: leads
      version: 1.0.0
      steps:
        - id: enrich
          enrich: {api: crm, request: {method: GET, path: /leads}}
        - id: llm
          llm: {prompt: scoring@1.0.0, variables: {}}
        - id: notify
          notify: {channel: sales, text: hello}
        - id: route
          route:
            - when: input.total > 5
              steps:
                - id: high
                  notify: {channel: sales, text: hello}
      """;

  /** As many as any world here has. */
  static final int MOST_PARTITIONS = 4;

  private final String bootstrapServers;
  private final Runnable stopKafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> inputs;
  private final List<StepOutcome> outcomes = new ArrayList<>();

  private WorkerWorld(String bootstrapServers, Runnable stopKafka) {
    this.bootstrapServers = bootstrapServers;
    this.stopKafka = stopKafka;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    inputs = reader(Topic.INPUTS.topicName());
  }

  public static WorkerWorld start(Path directory) {
    return start(directory, 1);
  }

  /** Outcomes are expected in partition 0 of the inputs, whatever the number. */
  static WorkerWorld start(Path directory, int partitions) {
    TestKafka kafka = TestKafka.start(directory);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      new TopicSetup(admin, partitions, (short) 1).ensure();
    }
    return new WorkerWorld(kafka.bootstrapServers(), kafka::close);
  }

  /** The hands only, at a broker that somebody else has started. */
  public static WorkerWorld connect(String bootstrapServers) {
    return new WorkerWorld(bootstrapServers, () -> {});
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Overrides what {@link TopicSetup} declared for the workers of a kind. */
  void configureGroup(StepKind kind, String key, String value) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, ConsumerGroup.workers(kind)),
                  List.of(
                      new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  /** Applies YAML documents. */
  public void define(String yaml) throws Exception {
    Reading reading = DefinitionReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    if (!reading.problems().isEmpty()) {
      throw new AssertionError(reading.problems().toString());
    }
    for (Located<Definition> located : reading.definitions()) {
      producer
          .send(
              MessageCodec.encode(located.definition().key(), located.json().utf8())
                  .to(Topic.DEFINITIONS.topicName()))
          .get();
    }
  }

  Workers workers(String name, int concurrency, StepHandler... handlers) {
    return workers(bootstrapServers(), name, concurrency, handlers);
  }

  static Workers workers(
      String bootstrapServers, String name, int concurrency, StepHandler... handlers) {
    Map<StepKind, Integer> limits = new java.util.EnumMap<>(StepKind.class);
    for (StepHandler handler : handlers) {
      limits.put(handler.kind(), concurrency);
    }
    return Workers.start(
        new Workers.Setup(
            bootstrapServers,
            () -> {},
            MOST_PARTITIONS,
            name,
            List.of(handlers),
            limits,
            WorkerWorld::parse,
            new WorkerSecrets(new EnvironmentAndFileSecrets(Map.of(), Optional.empty())),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Clock.systemUTC(),
            AttemptObserver.BLIND));
  }

  static Definition parse(byte[] json) throws UnreadableRecordException {
    try {
      return DefinitionReader.fromJson(json);
    } catch (InvalidDefinitionException e) {
      throw new UnreadableRecordException(e.problems().toString());
    }
  }

  /** The command for the first attempt of the step that is called like its kind. */
  public static StepRequested command(StepKind kind, String execution, int delivery, Json context) {
    return new StepRequested(
        new CommandId(
            new ExecutionId("leads~" + execution), new StepPath(kind.id()), 1, 1, delivery),
        kind,
        "leads",
        "1.0.0",
        0,
        Optional.empty(),
        context,
        Instant.now(),
        Optional.empty());
  }

  public static StepRequested command(StepKind kind, String execution) {
    return command(kind, execution, 1, Json.EMPTY_OBJECT);
  }

  public void send(StepRequested command) throws Exception {
    send(command, 0);
  }

  void send(StepRequested command, int partition) throws Exception {
    producer
        .send(MessageCodec.encode(command).to(Topic.stepsOf(command.kind()).topicName(), partition))
        .get();
  }

  void sendRaw(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get();
  }

  /** Waits for that many outcomes of an execution. */
  public List<StepOutcome> awaitOutcomes(String execution, int count) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> outcomesOf(execution), found -> found.size() >= count);
  }

  /** What came so far. */
  public List<StepOutcome> outcomesOf(String execution) {
    inputs.poll(Duration.ofMillis(50)).forEach(this::take);
    return outcomes.stream()
        .filter(outcome -> outcome.command().execution().value().equals("leads~" + execution))
        .toList();
  }

  int outcomeCount() {
    return outcomes().size();
  }

  /** What came so far for any execution, in its order. */
  List<StepOutcome> outcomes() {
    inputs.poll(Duration.ofMillis(50)).forEach(this::take);
    return List.copyOf(outcomes);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      outcomes.add((StepOutcome) MessageCodec.decodeInput(record.headers(), record.value()));
    } catch (UnreadableRecordException e) {
      throw new AssertionError(e);
    }
  }

  /** A consumer at the beginning of a topic of one partition. */
  KafkaConsumer<byte[], byte[]> reader(String topic) {
    KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    reader.assign(List.of(new TopicPartition(topic, 0)));
    reader.seekToBeginning(reader.assignment());
    return reader;
  }

  KafkaProducer<byte[], byte[]> producer() {
    return producer;
  }

  @Override
  public void close() {
    inputs.close();
    producer.close();
    stopKafka.run();
  }
}
