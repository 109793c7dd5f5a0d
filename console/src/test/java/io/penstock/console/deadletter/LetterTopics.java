package io.penstock.console.deadletter;

import static io.penstock.console.Histories.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.console.RealServers;
import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.StepRequested;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes dead letters as the services do, and waits for what the console makes of them. */
final class LetterTopics implements AutoCloseable {
  private final String bootstrapServers;
  private final DataSource database;
  private final KafkaProducer<byte[], byte[]> producer;

  LetterTopics(String bootstrapServers, DataSource database) {
    this.bootstrapServers = bootstrapServers;
    this.database = database;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                DeadLetter.MAX_BYTES),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** A dead step, as the orchestrator writes it. */
  static ProducerRecord<byte[], byte[]> step(
      String execution, String path, int attempt, long inputOffset, String message) {
    return step(execution, path, 1, attempt, inputOffset, ErrorType.RUNTIME, message);
  }

  static ProducerRecord<byte[], byte[]> step(
      String execution,
      String path,
      int generation,
      int attempt,
      long inputOffset,
      ErrorType error,
      String message) {
    Json context = Json.of(Map.of("input", Map.of("email", "ada@example.com")));
    return step(execution, path, generation, attempt, inputOffset, error, message, context);
  }

  /**
   * @param context what the dead command carries
   */
  static ProducerRecord<byte[], byte[]> step(
      String execution,
      String path,
      int generation,
      int attempt,
      long inputOffset,
      ErrorType error,
      String message,
      Json context) {
    ExecutionId id = new ExecutionId(execution);
    StepRequested command =
        new StepRequested(
            new CommandId(id, new StepPath(path), generation, attempt, 1),
            StepKind.ENRICH,
            id.workflow(),
            "1.0.0",
            0,
            Optional.empty(),
            context,
            NOON,
            Optional.empty());
    Encoded original = MessageCodec.encode(command);
    Headers headers =
        DeadLetter.aboutStep(
            DeadLetter.headers(
                original.headers(),
                Topic.STEPS_ENRICH.topicName(),
                0,
                inputOffset,
                error.id(),
                message),
            command.id(),
            command.workflow(),
            command.version(),
            error);
    return new ProducerRecord<>(
        Topic.STEPS_ENRICH.deadLetterTopicName(),
        null,
        NOON.plusSeconds(inputOffset).toEpochMilli(),
        original.key(),
        original.value(),
        headers);
  }

  /** A record that nobody could read. */
  static ProducerRecord<byte[], byte[]> record(Topic topic, byte[] value, String cause) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic.deadLetterTopicName(), 1, NOON.toEpochMilli(), "k".getBytes(UTF_8), value);
    DeadLetter.headers(record.headers(), topic.topicName(), 1, 42, DeadLetter.UNREADABLE, cause)
        .forEach(header -> record.headers().add(header));
    return record;
  }

  void write(ProducerRecord<byte[], byte[]> record) {
    write(List.of(record));
  }

  void write(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> written = records.stream().map(producer::send).toList();
    try {
      for (Future<RecordMetadata> each : written) {
        each.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("the test's letters could not be written", e);
    }
  }

  /** Until the stored positions are those of the topics' ends. */
  void awaitProjected() {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(storedPositions()).isEqualTo(ends()));
  }

  private Map<TopicPartition, Long> ends() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          DeadLetterProjection.TOPICS.stream()
              .flatMap(
                  topic ->
                      IntStream.range(0, RealServers.PARTITIONS)
                          .mapToObj(partition -> new TopicPartition(topic, partition)))
              .toList();
      Map<TopicPartition, Long> ends = new HashMap<>();
      consumer
          .endOffsets(partitions)
          .forEach((partition, end) -> ends.put(partition, end == 0 ? -1 : end));
      return ends;
    }
  }

  private Map<TopicPartition, Long> storedPositions() throws SQLException {
    Map<TopicPartition, Long> positions = new HashMap<>();
    for (List<String> row :
        rows(
            "select topic, partition, next_offset from console.projection_offset where topic like 'dlq.%'")) {
      positions.put(
          new TopicPartition(row.get(0), Integer.parseInt(row.get(1))), Long.valueOf(row.get(2)));
    }
    return positions;
  }

  /** Columns of the only row, with commas. */
  String ask(String sql) throws SQLException {
    List<List<String>> rows = rows(sql);
    assertThat(rows).as(sql).hasSize(1);
    StringJoiner text = new StringJoiner(",");
    rows.getFirst().forEach(text::add);
    return text.toString();
  }

  /** Every row of letters and groups. */
  List<List<String>> all() throws SQLException {
    List<List<String>> all = new ArrayList<>();
    all.addAll(rows("select t.* from console.dead_letter t order by id"));
    all.addAll(rows("select t.* from console.dead_letter_group t order by fingerprint"));
    return all;
  }

  List<List<String>> rows(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<String>> found = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        found.add(row);
      }
      return found;
    }
  }

  void run(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static Instant at(long inputOffset) {
    return NOON.plusSeconds(inputOffset);
  }

  @Override
  public void close() {
    producer.close();
  }
}
