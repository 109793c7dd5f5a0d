package io.penstock.orchestrator.stream;

import io.penstock.orchestrator.core.Definitions;
import io.penstock.schema.Topic;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.Input;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology on the test driver: one partition, time moved by hand. What the driver cannot do
 * (transactions that abort, take-over) is tested against a real broker in {@code standalone}.
 */
final class TopologyHarness implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private final Map<String, Workflow> workflows = new ConcurrentHashMap<>();
  private final MockProducer<byte[], byte[]> timers =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> inputs;
  private Instant now = START;
  private int timersTaken;
  private long enteredBytes;

  TopologyHarness(Path stateDir, long endOffset) {
    this(stateDir, endOffset, StreamObserver.BLIND);
  }

  TopologyHarness(Path stateDir, long endOffset, StreamObserver observer) {
    Definitions definitions =
        (name, version) -> Optional.ofNullable(workflows.get(name + "@" + version));
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver =
        new TopologyTestDriver(
            OrchestratorTopology.build(
                definitions, partition -> endOffset, timers, 1, Duration.ofSeconds(5), observer),
            properties,
            START);
    inputs =
        driver.createInputTopic(
            Topic.INPUTS.topicName(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  void define(String yaml) {
    Workflow workflow =
        (Workflow)
            DefinitionReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .definitions()
                .getFirst()
                .definition();
    workflows.put(workflow.name() + "@" + workflow.version(), workflow);
  }

  /** An accepted event that starts the workflow. */
  ExecutionId event(String id, String workflow, String version, String data) {
    EventKey key = EventKey.of("crm", id, Optional.empty());
    ExecutionId execution = ExecutionId.of(workflow, key);
    input(
        new EventAccepted(
            "crm",
            id,
            "contact.created",
            Optional.empty(),
            Optional.empty(),
            now,
            Optional.empty(),
            Json.trusted(data.getBytes(StandardCharsets.UTF_8)),
            List.of(new EventAccepted.Start(workflow, version, execution))));
    return execution;
  }

  void succeeds(CommandId command, String output) {
    outcome(
        command, new StepOutcome.Succeeded(Json.trusted(output.getBytes(StandardCharsets.UTF_8))));
  }

  void fails(CommandId command, StepError error) {
    outcome(command, new StepOutcome.Failed(error, Optional.empty()));
  }

  void outcome(CommandId command, StepOutcome.Result result) {
    input(new StepOutcome(command, result, Optional.empty(), now, now, "worker-1"));
  }

  void control(ExecutionId execution, Control.Verb verb) {
    input(new Control("c-" + verb, execution, verb, "ann", "because", Optional.empty()));
  }

  void input(Input input) {
    Encoded encoded = MessageCodec.encode(input, "/test");
    raw(encoded.key(), encoded.value(), encoded.headers());
  }

  void raw(byte[] key, byte[] value, org.apache.kafka.common.header.Headers headers) {
    enteredBytes += key == null ? 0 : key.length;
    enteredBytes += value == null ? 0 : value.length;
    for (var header : headers) {
      enteredBytes += header.key().length();
      enteredBytes += header.value() == null ? 0 : header.value().length;
    }
    inputs.pipeInput(new TestRecord<>(key, value, headers, now));
  }

  /** Lets time pass; what the timers announce comes back through the log. */
  void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
    List<ProducerRecord<byte[], byte[]>> announced = timers.history();
    while (timersTaken < announced.size()) {
      ProducerRecord<byte[], byte[]> timer = announced.get(timersTaken++);
      raw(timer.key(), timer.value(), timer.headers());
    }
  }

  /** The broker's clock is set back. */
  void setBack(Duration by) {
    now = now.minus(by);
  }

  Instant now() {
    return now;
  }

  int timersAnnounced() {
    return timers.history().size();
  }

  /** Of all inputs so far: keys, values and headers. */
  long enteredBytes() {
    return enteredBytes;
  }

  /** Commands since the last call. */
  List<StepRequested> commands(StepKind kind) {
    List<StepRequested> commands = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record : records(Topic.stepsOf(kind).topicName())) {
      try {
        commands.add(MessageCodec.decodeStepRequested(record.headers(), record.value()));
      } catch (UnreadableRecordException e) {
        throw new AssertionError(e);
      }
    }
    return commands;
  }

  /** History since the last call. */
  List<HistoryRecord> history() {
    List<HistoryRecord> history = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record : records(Topic.HISTORY.topicName())) {
      try {
        history.add(MessageCodec.decodeHistory(record.headers(), record.value()));
      } catch (UnreadableRecordException e) {
        throw new AssertionError(e);
      }
    }
    return history;
  }

  List<Fact> facts() {
    return history().stream().flatMap(record -> record.facts().stream()).toList();
  }

  List<TestRecord<byte[], byte[]>> deadLetters(Topic topic) {
    return records(topic.deadLetterTopicName());
  }

  /** Records of a topic since the last call. */
  List<TestRecord<byte[], byte[]>> written(Topic topic) {
    return records(topic.topicName());
  }

  /** What is in the state store. */
  long storedEntries() {
    long count = 0;
    try (var all = driver.getKeyValueStore(OrchestratorTopology.STATE).all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  /** What was written to the state since the last call, in the form in which it is kept. */
  List<TestRecord<byte[], byte[]>> changelog() {
    return records("test-" + OrchestratorTopology.STATE + "-changelog");
  }

  /** As a task that takes over: reads the state back from all of its changelog. */
  void restore(List<TestRecord<byte[], byte[]>> changelog) {
    KeyValueStore<Bytes, byte[]> store = store();
    changelog.forEach(change -> store.put(Bytes.wrap(change.key()), change.value()));
    driver.advanceWallClockTime(Duration.ZERO);
    changelog(); // restoring is no change
  }

  /** Direct access, to prepare what would take long to play. */
  KeyValueStore<Bytes, byte[]> store() {
    return driver.getKeyValueStore(OrchestratorTopology.STATE);
  }

  List<TestRecord<byte[], byte[]>> records(String topicName) {
    TestOutputTopic<byte[], byte[]> topic =
        driver.createOutputTopic(
            topicName, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return topic.readRecordsToList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
