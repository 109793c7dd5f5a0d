package io.penstock.ingest.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.Topic;
import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The definitions topic in the hands of its only writer at a time, over all replicas.
 *
 * <p>Opening fences whoever had it open before: their write then fails as a whole, and ours sees
 * all that they completed. So between {@link #read} and {@link #write} nobody else can write, and
 * what is written together becomes visible together.
 */
final class DefinitionLog implements AutoCloseable {
  private static final String WRITER = "penstock-definitions-writer";
  private static final TopicPartition PARTITION =
      new TopicPartition(Topic.DEFINITIONS.topicName(), 0);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration FETCH_WAIT = Duration.ofMillis(20);
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrapServers;
  private final KafkaProducer<byte[], byte[]> producer;

  private DefinitionLog(String bootstrapServers, KafkaProducer<byte[], byte[]> producer) {
    this.bootstrapServers = bootstrapServers;
    this.producer = producer;
  }

  /**
   * @throws KafkaException if Kafka does not answer in time
   */
  static DefinitionLog open(String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, WRITER);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, WRITER);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(LIMIT.toMillis()) / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(LIMIT.toMillis()));
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // A writer that died in the middle holds the readers up for as long at most.
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(LIMIT.toMillis()));
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
    return new DefinitionLog(bootstrapServers, producer);
  }

  /**
   * What stands on the topic.
   *
   * @param latest value of each record key, in the order of the topic
   * @param lastOffset of the last record; -1: there is none
   */
  record Content(Map<String, byte[]> latest, long lastOffset) {}

  /**
   * @throws KafkaException if Kafka does not answer in time
   */
  Content read() {
    Map<String, byte[]> latest = new LinkedHashMap<>();
    long lastOffset = -1;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            readSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (consumer.position(PARTITION) < end) {
        if (System.nanoTime() > deadline) {
          throw new TimeoutException("definitions were not read within " + LIMIT);
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          lastOffset = record.offset();
          if (record.key() != null) {
            latest.put(new String(record.key(), UTF_8), record.value());
          }
        }
      }
    }
    latest.values().removeIf(Objects::isNull);
    return new Content(latest, lastOffset);
  }

  private Map<String, Object> readSettings() {
    int limitMillis = Math.toIntExact(LIMIT.toMillis());
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, WRITER + "-reads");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Closing waits for the fetch that is already waiting for more; the default is most of the time
    // that applying takes.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(FETCH_WAIT.toMillis()));
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limitMillis);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, limitMillis / 2);
    return settings;
  }

  /**
   * Writes all or nothing.
   *
   * @return offset of the last record
   * @throws KafkaException also when somebody else opened the log meanwhile; nothing is written
   *     then
   */
  long write(Map<DefinitionKey, Json> documents) {
    producer.beginTransaction();
    Future<RecordMetadata> last = null;
    for (Map.Entry<DefinitionKey, Json> document : documents.entrySet()) {
      Encoded encoded = MessageCodec.encode(document.getKey(), document.getValue().utf8());
      last = producer.send(encoded.to(PARTITION.topic(), PARTITION.partition()));
    }
    producer.commitTransaction();
    return offsetOf(last);
  }

  /** Known at once: the transaction that it belongs to is committed. */
  private static long offsetOf(Future<RecordMetadata> written) {
    try {
      return written.get().offset();
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException(e);
    }
  }

  @Override
  public void close() {
    producer.close(LIMIT);
  }
}
