package io.penstock.console.projection;

import io.penstock.console.ConsoleSettings;
import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.UnreadableRecordException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code penstock.history} from where PostgreSQL says that it was read to. The group only
 * shares the partitions out; what it commits is not used. One thread.
 */
final class HistoryConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryConsumer.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** With a batch of this size a transaction's fixed cost no longer matters. */
  private static final int MAX_BATCH_RECORDS = 4_000;

  /**
   * So many records in a batch mean load. Then a pause follows, in which more gather: an execution
   * that moves often is written less often, which saved a tenth of all CPU time at 450 executions a
   * second on two cores. Who looks at one of thousands does not see that it is a moment later. A
   * batch that is full means a backlog: no pause then.
   */
  private static final int BUSY_RECORDS = 150;

  private static final Duration REST = Duration.ofMillis(300);
  private static final int ENOUGH_BYTES = 256 << 10;
  private static final int MAX_PARTITION_FETCH_BYTES = 4 << 20;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ProjectionStore store;
  private final BatchWriter writer;
  private final DeadLetters deadLetters;

  /** Stored position by partition; empty when it must be asked for again. */
  private Optional<Map<Integer, Long>> positions = Optional.empty();

  /**
   * @param gather how long the broker may hold records back to make batches larger
   * @param instance see {@link ConsoleSettings#instance()}
   */
  record Settings(String bootstrapServers, Duration gather, Optional<String> instance) {}

  HistoryConsumer(
      Settings settings, ProjectionStore store, BatchWriter writer, DeadLetters deadLetters) {
    this.store = store;
    this.writer = writer;
    this.deadLetters = deadLetters;
    this.consumer =
        new KafkaConsumer<>(
            properties(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(Topic.HISTORY.topicName()), new AskAgain());
  }

  private static Map<String, Object> properties(Settings settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, ConsumerGroup.CONSOLE_PROJECTION);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "penstock-console-projection");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_BATCH_RECORDS);
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, ENOUGH_BYTES);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_PARTITION_FETCH_BYTES);
    properties.put(
        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(settings.gather().toMillis()));
    // The shortest that a broker allows by default, so that a killed console is replaced soon.
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
    // A console may start before the topic is there; it is looked for this often.
    properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
    settings
        .instance()
        .ifPresent(name -> properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name));
    return properties;
  }

  KafkaConsumer<byte[], byte[]> kafka() {
    return consumer;
  }

  /**
   * Reads and writes one batch, if there is one.
   *
   * @return false if PostgreSQL cannot be used now; then {@link #idle} for a while
   */
  boolean step() {
    try {
      if (positions.isEmpty() && !consumer.assignment().isEmpty()) {
        position();
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        write(records);
        if (records.count() >= BUSY_RECORDS && records.count() < MAX_BATCH_RECORDS) {
          rest();
        }
      }
      return true;
    } catch (SQLException e) {
      LOG.atWarn()
          .addKeyValue("sqlState", e.getSQLState())
          .addKeyValue("cause", e.getClass().getName())
          .log("the projection pauses: PostgreSQL does not take its batch");
      pauseAll();
      return false;
    } catch (OvertakenException e) {
      LOG.atInfo()
          .addKeyValue("reason", e.getMessage())
          .log("another console has projected these records; reading on behind them");
      pauseAll();
      return true;
    }
  }

  private static void rest() {
    try {
      Thread.sleep(REST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody interrupts this thread; the next poll would tell
    }
  }

  /** Stays in the group without reading. */
  void idle(Duration pause) {
    consumer.poll(pause);
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void position() throws SQLException, OvertakenException {
    Collection<TopicPartition> assigned = consumer.assignment();
    Map<Integer, Long> stored =
        store.positions(assigned.stream().map(TopicPartition::partition).toList());
    for (TopicPartition partition : assigned) {
      long position = stored.get(partition.partition());
      if (position == ProjectionStore.FROM_THE_BEGINNING) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, position);
      }
    }
    consumer.resume(assigned);
    positions = Optional.of(stored);
  }

  private void write(ConsumerRecords<byte[], byte[]> records)
      throws SQLException, OvertakenException {
    List<HistoryEntry> entries = new ArrayList<>(records.count());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      read(record).ifPresent(entries::add);
    }
    Map<Integer, Long> known = positions.orElseThrow();
    Map<Integer, Long> from = new HashMap<>();
    Map<Integer, Long> to = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      from.put(partition.partition(), known.get(partition.partition()));
      to.put(partition.partition(), consumer.position(partition));
    }
    writer.write(new HistoryBatch(entries, from, to));
    known.putAll(to);
  }

  private Optional<HistoryEntry> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.of(HistoryEntry.read(record));
    } catch (UnreadableRecordException e) {
      LOG.atError()
          .addKeyValue("topic", record.topic())
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.getMessage())
          .log("a record is no history and became a dead letter");
      deadLetters.send(record, DeadLetter.UNREADABLE, e.getMessage());
      return Optional.empty();
    }
  }

  private void pauseAll() {
    positions = Optional.empty();
    consumer.pause(consumer.assignment());
  }

  /** Whatever partitions come or go: nothing is read before PostgreSQL said from where. */
  private final class AskAgain implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      pauseAll();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      pauseAll();
    }
  }
}
