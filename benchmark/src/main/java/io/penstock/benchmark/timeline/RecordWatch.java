package io.penstock.benchmark.timeline;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads along, before commits, what goes through the topics of an installation, and keeps when the
 * broker appended it.
 *
 * <p>Commands and history carry the time of the input they follow from; so the watch first has the
 * broker stamp them. Only for an installation that was made to be measured.
 */
public final class RecordWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<Seen<EventAccepted>> events = new ArrayList<>();
  private final List<Seen<StepRequested>> commands = new ArrayList<>();
  private final List<Seen<StepOutcome>> outcomes = new ArrayList<>();
  private final List<Seen<HistoryRecord>> histories = new ArrayList<>();
  private final Thread reader;
  private Optional<RuntimeException> failure = Optional.empty();
  private volatile boolean closed;

  private record Seen<T>(T message, double at) {}

  private RecordWatch(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
    this.reader = Thread.ofPlatform().name("record-watch").daemon().start(this::read);
  }

  /** Begins with what is appended from now on. */
  public static RecordWatch begin(String bootstrapServers) throws InterruptedException {
    stampByBroker(bootstrapServers);
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.concat(Stream.of(Topic.INPUTS), stampedTopics())
            .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // asks now; seeking alone waits for the first poll
    return new RecordWatch(consumer);
  }

  private static Stream<Topic> stampedTopics() {
    return Stream.concat(
        Stream.of(Topic.HISTORY), Arrays.stream(StepKind.values()).map(Topic::stepsOf));
  }

  private static void stampByBroker(String bootstrapServers) throws InterruptedException {
    AlterConfigOp byBroker =
        new AlterConfigOp(
            new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"),
            AlterConfigOp.OpType.SET);
    try (Admin admin =
        Admin.create(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      for (Topic topic : stampedTopics().toList()) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
        admin.incrementalAlterConfigs(Map.of(resource, List.of(byBroker))).all().get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "cannot have the broker at " + bootstrapServers + " stamp records", e.getCause());
    }
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        consumer.poll(POLL).forEach(this::see);
      }
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    double at = WallClock.ofBroker(record.timestamp());
    try {
      if (record.topic().equals(Topic.HISTORY.topicName())) {
        histories.add(new Seen<>(MessageCodec.decodeHistory(record.headers(), record.value()), at));
        return;
      }
      if (!record.topic().equals(Topic.INPUTS.topicName())) {
        commands.add(
            new Seen<>(MessageCodec.decodeStepRequested(record.headers(), record.value()), at));
        return;
      }
      switch (MessageCodec.decodeInput(record.headers(), record.value())) {
        case EventAccepted event -> events.add(new Seen<>(event, at));
        case StepOutcome outcome -> outcomes.add(new Seen<>(outcome, at));
        default -> {
          // timers and controls are no part of a lead's way
        }
      }
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException(
          "%s-%d@%d cannot be read: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }

  /** Ends the watch and tells all that was seen. */
  Passages end() throws InterruptedException {
    close();
    if (failure.isPresent()) {
      throw failure.get();
    }
    Passages passages = new Passages();
    events.forEach(seen -> passages.event(seen.message(), seen.at()));
    commands.forEach(seen -> passages.command(seen.message(), seen.at()));
    outcomes.forEach(seen -> passages.outcome(seen.message(), seen.at()));
    histories.forEach(seen -> passages.history(seen.message(), seen.at()));
    return passages;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    reader.join();
  }
}
