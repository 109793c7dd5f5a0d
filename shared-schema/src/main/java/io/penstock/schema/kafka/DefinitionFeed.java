package io.penstock.schema.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.InvalidDefinitionException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the definitions topic from its beginning, and on, into a {@link DefinitionIndex}.
 *
 * <p>Each reader is a consumer group of its own and commits what it has put into its index: so
 * whoever applies a definition can see at the broker when every living reader has it. One thread;
 * the index may be read from any.
 */
public final class DefinitionFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionFeed.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final TopicPartition PARTITION =
      new TopicPartition(Topic.DEFINITIONS.topicName(), 0);

  private final DefinitionIndex index = new DefinitionIndex();
  private final DefinitionParser parser;
  private final Consumer<DefinitionKey> onChange;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final Thread thread;
  private long endAtStart = -1;
  private volatile boolean closed;

  /** Turns the record's value into a definition, or says why it is none. */
  @FunctionalInterface
  public interface DefinitionParser {
    Definition parse(byte[] json) throws UnreadableRecordException;
  }

  /** Starts to read what {@link DefinitionReader} reads. */
  public DefinitionFeed(String bootstrapServers, String reader, Consumer<DefinitionKey> onChange) {
    this(bootstrapServers, reader, DefinitionFeed::read, onChange);
  }

  /**
   * Starts to read.
   *
   * @param reader names the process, e.g. {@code ingest-<host>-<pid>}; no two living readers may
   *     have the same
   * @param onChange called on the reading thread after the index has changed
   */
  public DefinitionFeed(
      String bootstrapServers,
      String reader,
      DefinitionParser parser,
      Consumer<DefinitionKey> onChange) {
    this.parser = parser;
    this.onChange = onChange;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                ConsumerGroup.definitionReader(reader),
                ConsumerConfig.CLIENT_ID_CONFIG,
                "penstock-definitions-" + reader,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                // A reader may start before the topic is declared, and must not make it itself.
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                5_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.thread = Thread.ofPlatform().daemon().name("definitions-" + reader).unstarted(this::read);
    thread.start();
  }

  public DefinitionIndex index() {
    return index;
  }

  /**
   * Waits until all that was on the topic when reading began is in the index.
   *
   * @return false if that took longer
   */
  public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
    return caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  public boolean isCaughtUp() {
    return caughtUp.getCount() == 0;
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (consumer) {
      consumer.subscribe(List.of(Topic.DEFINITIONS.topicName()), new FromTheBeginning());
      while (!closed) {
        readOnce();
      }
    } catch (WakeupException e) {
      if (!closed) {
        LOG.error("reading definitions ended by an unexpected wake-up", e);
      }
    }
  }

  private static Definition read(byte[] json) throws UnreadableRecordException {
    try {
      return DefinitionReader.fromJson(json);
    } catch (InvalidDefinitionException e) {
      throw new UnreadableRecordException(e.getMessage());
    }
  }

  private void readOnce() {
    try {
      boolean any = false;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
        any = true;
      }
      if (any) {
        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(consumer.position(PARTITION))));
      }
      if (endAtStart >= 0 && !isCaughtUp() && consumer.position(PARTITION) >= endAtStart) {
        commitWhereWeAre();
        caughtUp.countDown();
      }
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException | IllegalStateException e) { // the latter: partition just lost
      LOG.warn("reading definitions failed, trying again", e);
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** An empty topic too gets a commit, so that the reader is seen by whoever applies next. */
  private void commitWhereWeAre() {
    consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(consumer.position(PARTITION))));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Optional<DefinitionKey> key = keyOf(record);
    if (record.value() == null) {
      key.ifPresent(index::remove);
      key.ifPresent(onChange);
      return;
    }
    try {
      Definition definition = parser.parse(record.value());
      index.put(definition);
      onChange.accept(definition.key());
    } catch (UnreadableRecordException e) {
      skipped(record, e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      // A bug of ours on one record must not end the feed: all later definitions would be missing.
      skipped(record, e.getClass().getName());
    }
  }

  private static void skipped(ConsumerRecord<byte[], byte[]> record, String reason) {
    LOG.atError()
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("reason", reason)
        .log("skipped a record that is no definition");
  }

  private static Optional<DefinitionKey> keyOf(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return Optional.empty();
    }
    String[] parts = new String(record.key(), UTF_8).split("/", -1);
    return parts.length < 2
        ? Optional.empty()
        : Optional.of(
            new DefinitionKey(
                parts[0], parts[1], parts.length > 2 ? Optional.of(parts[2]) : Optional.empty()));
  }

  /** Every start reads all: the index is in memory only. */
  private final class FromTheBeginning implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.seekToBeginning(partitions);
      if (endAtStart < 0) {
        endAtStart = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
  }
}
