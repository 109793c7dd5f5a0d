package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.Topic;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DefinitionFeed;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.TopicSetup;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.Located;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.Input;
import io.penstock.testbroker.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker with one partition of everything, and what ingest and the console do with it. */
final class OnePartitionBroker implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final String bootstrapServers;
  private final Runnable stop;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  OnePartitionBroker(Path directory) {
    this(directory, TestKafka.start(directory.resolve("kafka")));
  }

  private OnePartitionBroker(Path directory, TestKafka kafka) {
    this(directory, kafka.bootstrapServers(), kafka::close);
  }

  /**
   * @param stop of the broker
   */
  OnePartitionBroker(Path directory, String bootstrapServers, Runnable stop) {
    this.directory = directory;
    this.bootstrapServers = bootstrapServers;
    this.stop = stop;
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    new TopicSetup(admin, 1, (short) 1).ensure();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  Path stateDirectory() {
    return directory.resolve("state");
  }

  Admin admin() {
    return admin;
  }

  /** An orchestrator in this process, committing often. */
  OrchestratorStreams orchestrator() throws InterruptedException {
    return orchestrator(bootstrapServers);
  }

  /**
   * @param way by which it reaches the broker
   */
  OrchestratorStreams orchestrator(String way) throws InterruptedException {
    DefinitionFeed feed = new DefinitionFeed(way, "in-process", changed -> {});
    assertThat(feed.awaitCaughtUp(PATIENCE)).isTrue();
    return OrchestratorStreams.start(
        OrchestratorJvm.settings(way, stateDirectory().toString(), Duration.ofMillis(100)),
        (name, version) -> feed.index().workflow(name, version),
        StreamObserver.BLIND);
  }

  void define(String yaml) {
    Located<Definition> read =
        DefinitionReader.read("test.yaml", yaml.getBytes(UTF_8)).definitions().getFirst();
    send(
        MessageCodec.encode(read.definition().key(), read.json().utf8()),
        Topic.DEFINITIONS.topicName());
  }

  ExecutionId event(String id, String workflow, String version) {
    return event(id, workflow, version, Json.EMPTY_OBJECT);
  }

  ExecutionId event(String id, String workflow, String version, Json data) {
    input(accepted(id, workflow, version, data));
    return executionOf(id, workflow);
  }

  static EventAccepted accepted(String id, String workflow, String version) {
    return accepted(id, workflow, version, Json.EMPTY_OBJECT);
  }

  private static EventAccepted accepted(String id, String workflow, String version, Json data) {
    return new EventAccepted(
        "crm",
        id,
        "contact.created",
        Optional.empty(),
        Optional.empty(),
        Instant.now(),
        Optional.empty(),
        data,
        List.of(new EventAccepted.Start(workflow, version, executionOf(id, workflow))));
  }

  static ExecutionId executionOf(String id, String workflow) {
    return ExecutionId.of(workflow, EventKey.of("crm", id, Optional.empty()));
  }

  void input(Input input) {
    send(MessageCodec.encode(input, "/test"), Topic.INPUTS.topicName());
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    var unused = producer.send(record);
    producer.flush();
  }

  private void send(Encoded message, String topicName) {
    send(message.to(topicName));
  }

  long endOf(Topic topic) {
    TopicPartition partition = new TopicPartition(topic.topicName(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(List.of(partition)).get(partition);
    }
  }

  List<HistoryRecord> history(ExecutionId execution) {
    List<HistoryRecord> found = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : committed(Topic.HISTORY.topicName())) {
      try {
        HistoryRecord read = MessageCodec.decodeHistory(record.headers(), record.value());
        if (read.execution().equals(execution)) {
          found.add(read);
        }
      } catch (UnreadableRecordException e) {
        throw new AssertionError(e);
      }
    }
    return found;
  }

  /** All committed records of a topic. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topicName) {
    TopicPartition partition = new TopicPartition(topicName, 0);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      }
    }
    return records;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers(), "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    stop.run();
  }
}
