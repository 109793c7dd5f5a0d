package io.penstock.console.projection;

import io.penstock.console.ConsoleSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics, committed records only, from where PostgreSQL says that they were read to. The
 * group only shares the partitions out; what it commits is not used. One thread.
 */
public final class PositionedConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PositionedConsumer.class);
  private static final Duration POLL = Duration.ofMillis(500);

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
  private final Reading reading;
  private final Target target;

  /** Stored position by partition; empty when it must be asked for again. */
  private Optional<Map<TopicPartition, Long>> positions = Optional.empty();

  /**
   * @param gather how long the broker may hold records back to make batches larger
   * @param instance see {@link ConsoleSettings#instance()}
   */
  public record Settings(String bootstrapServers, Duration gather, Optional<String> instance) {}

  /**
   * What is read.
   *
   * @param group also the client's name
   * @param maxRecords of a batch
   * @param maxBytes of records that a broker hands out at once; one larger record comes alone
   */
  public record Reading(String group, List<String> topics, int maxRecords, int maxBytes) {}

  /** What becomes of it. Closed with the consumer. */
  public interface Target extends AutoCloseable {
    /** Stored position of each; {@link StoredPositions#FROM_THE_BEGINNING} if there is none. */
    Map<TopicPartition, Long> positions(Collection<TopicPartition> partitions)
        throws SQLException, OvertakenException;

    /**
     * Writes a batch and, in the same transaction, its end as the stored position.
     *
     * @param from by partition, the stored position that this batch continues
     * @param to by partition, the position to store
     * @throws SQLException if the database cannot be used now
     * @throws OvertakenException if the stored position is another
     */
    void write(
        ConsumerRecords<byte[], byte[]> records,
        Map<TopicPartition, Long> from,
        Map<TopicPartition, Long> to)
        throws SQLException, OvertakenException;

    @Override
    default void close() {}
  }

  public PositionedConsumer(Settings settings, Reading reading, Target target) {
    this.reading = reading;
    this.target = target;
    this.consumer =
        new KafkaConsumer<>(
            properties(settings, reading),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(reading.topics(), new AskAgain());
  }

  private static Map<String, Object> properties(Settings settings, Reading reading) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, reading.group());
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, reading.group());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, reading.maxRecords());
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, reading.maxBytes());
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
        if (records.count() >= BUSY_RECORDS && records.count() < reading.maxRecords()) {
          rest();
        }
      }
      return true;
    } catch (SQLException e) {
      LOG.atWarn()
          .addKeyValue("sqlState", e.getSQLState())
          .addKeyValue("cause", e.getClass().getName())
          .addKeyValue("group", reading.group())
          .log("the projection pauses: PostgreSQL does not take its batch");
      pauseAll();
      return false;
    } catch (OvertakenException e) {
      LOG.atInfo()
          .addKeyValue("reason", e.getMessage())
          .addKeyValue("group", reading.group())
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
    try {
      consumer.close();
    } finally {
      target.close();
    }
  }

  private void position() throws SQLException, OvertakenException {
    Collection<TopicPartition> assigned = consumer.assignment();
    Map<TopicPartition, Long> stored = new HashMap<>(target.positions(assigned));
    for (TopicPartition partition : assigned) {
      long position = stored.get(partition);
      if (position == StoredPositions.FROM_THE_BEGINNING) {
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
    Map<TopicPartition, Long> known = positions.orElseThrow();
    Map<TopicPartition, Long> from = new HashMap<>();
    Map<TopicPartition, Long> to = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      from.put(partition, known.get(partition));
      to.put(partition, consumer.position(partition));
    }
    target.write(records, from, to);
    known.putAll(to);
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
