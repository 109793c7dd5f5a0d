package io.penstock.benchmark.restore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes many executions of one: what the orchestrator has written for it, in the changelogs of its
 * stores, is appended again under other ids of the same length. So a state of any size is there in
 * minutes, and each of its bytes is one that the orchestrator writes. For an installation with one
 * partition.
 */
final class StateCopies {
  private static final String STATE = "-state-changelog";
  private static final String SEEN = "-seen-events-changelog";

  /** Of an execution's id the last part, and the whole of an event's key: digits to base 32. */
  private static final int HASH_LENGTH = 26;

  private static final int BASE = 32;

  private final String bootstrapServers;

  StateCopies(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Appends copies of the one execution of this workflow, and of the one event that was seen. */
  void append(String workflow, long executions, long events) throws InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      TopicPartition state = changelog(STATE);
      List<ConsumerRecord<byte[], byte[]>> pieces =
          records(state).stream().filter(record -> hash(record.key(), workflow) >= 0).toList();
      copy(producer, pieces, executions, key -> hash(key, workflow));
      copy(producer, records(changelog(SEEN)), events, key -> 0);
    }
  }

  private interface Place {
    int of(byte[] key);
  }

  private static void copy(
      KafkaProducer<byte[], byte[]> producer,
      List<ConsumerRecord<byte[], byte[]>> pieces,
      long copies,
      Place place) {
    if (pieces.isEmpty()) {
      throw new IllegalStateException("the orchestrator has written nothing that can be copied");
    }
    for (long i = 1; i <= copies; i++) {
      byte[] hash = hash(i);
      for (ConsumerRecord<byte[], byte[]> piece : pieces) {
        byte[] key = piece.key().clone();
        System.arraycopy(hash, 0, key, place.of(key), HASH_LENGTH);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    piece.topic(), piece.partition(), piece.timestamp(), key, piece.value()));
      }
    }
    producer.flush();
  }

  private static byte[] hash(long number) {
    String digits = Long.toString(number, BASE);
    return ("0".repeat(HASH_LENGTH - digits.length()) + digits).getBytes(UTF_8);
  }

  /** Where the hash of an id begins in a key; -1 if there is none of this workflow. */
  private static int hash(byte[] key, String workflow) {
    // Latin-1 has a character for each byte, so places in the text are places in the key.
    String text = new String(key, ISO_8859_1);
    int at = text.indexOf(workflow + "~");
    return at < 0 ? -1 : at + workflow.length() + 1;
  }

  /** What the compacted topic holds for good, in its order. */
  private List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition) {
    Map<String, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          String key = new String(record.key(), ISO_8859_1);
          last.remove(key);
          if (record.value() != null) {
            last.put(key, record);
          }
        }
      }
    }
    return new ArrayList<>(last.values());
  }

  /** So many records of history are committed. */
  long historyEnd() {
    TopicPartition history = new TopicPartition(Topic.HISTORY.topicName(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(List.of(history)).get(history);
    }
  }

  private TopicPartition changelog(String suffix) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return admin.listTopics().names().get().stream()
          .filter(name -> name.endsWith(suffix))
          .map(name -> new TopicPartition(name, 0))
          .findAny()
          .orElseThrow(() -> new IllegalStateException("there is no topic *" + suffix));
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot list topics: " + e.getCause().getMessage(), e);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 20, "batch.size", 256 << 10),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
