package io.penstock.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.message.HistoryRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Plays the orchestrator on the real topic, and waits for what the console makes of it. */
public final class HistoryTopic implements AutoCloseable {
  private final String bootstrapServers;
  private final DataSource database;
  private final KafkaProducer<byte[], byte[]> producer;

  public HistoryTopic(String bootstrapServers, DataSource database) {
    this.bootstrapServers = bootstrapServers;
    this.database = database;
    this.producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public void write(List<HistoryRecord> records) {
    writeAll(
        records.stream()
            .map(record -> MessageCodec.encode(record).to(Topic.HISTORY.topicName()))
            .toList());
  }

  public void writeAll(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> written = records.stream().map(producer::send).toList();
    try {
      for (Future<RecordMetadata> each : written) {
        each.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("the test's history could not be written", e);
    }
  }

  /** Until the stored positions are those of the topic's end. */
  public void awaitProjected() {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(storedPositions()).isEqualTo(ends()));
  }

  private Map<Integer, Long> ends() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Map<Integer, Long> ends = new HashMap<>();
      consumer
          .endOffsets(partitions(Topic.HISTORY.topicName()))
          .forEach((partition, end) -> ends.put(partition.partition(), end == 0 ? -1 : end));
      return ends;
    }
  }

  private Map<Integer, Long> storedPositions() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select partition, next_offset from console.projection_offset where topic = 'penstock.history'")) {
      Map<Integer, Long> positions = new HashMap<>();
      while (rows.next()) {
        positions.put(rows.getInt(1), rows.getLong(2));
      }
      return positions;
    }
  }

  /** All dead letters so far. */
  public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(Topic.HISTORY.deadLetterTopicName());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
      }
      return letters;
    }
  }

  private static List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, RealServers.PARTITIONS)
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    producer.close();
  }
}
