package io.penstock.ingest;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands on the input log. */
public final class Inputs {
  private final String bootstrapServers;

  public Inputs(RealBroker broker) {
    this(broker.bootstrapServers());
  }

  public Inputs(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** An event with the record it came in. */
  public record Recorded(EventAccepted event, ConsumerRecord<byte[], byte[]> record) {}

  /** All events of a source, in the order of their partitions. */
  public List<Recorded> of(String source) {
    return records(Topic.INPUTS).stream()
        .flatMap(record -> event(record).stream())
        .filter(recorded -> recorded.event().source().equals(source))
        .toList();
  }

  /** An operator's wishes about an execution, in their order. */
  public List<Control> controls(String execution) {
    return records(Topic.INPUTS).stream()
        .flatMap(record -> input(record).stream())
        .filter(Control.class::isInstance)
        .map(Control.class::cast)
        .filter(control -> control.execution().value().equals(execution))
        .toList();
  }

  private static Optional<Recorded> event(ConsumerRecord<byte[], byte[]> record) {
    return input(record)
        .filter(EventAccepted.class::isInstance)
        .map(event -> new Recorded((EventAccepted) event, record));
  }

  /** Empty for what nobody can read: some tests send that. */
  private static Optional<Input> input(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.of(MessageCodec.decodeInput(record.headers(), record.value()));
    } catch (UnreadableRecordException e) {
      return Optional.empty();
    }
  }

  public long count() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(partitions(consumer, Topic.INPUTS)).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    }
  }

  /** All of a topic, in the order of its partitions. */
  public List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long left =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      while (left > 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          found.add(record);
          left--;
        }
      }
    }
    return found;
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
    return consumer.partitionsFor(topic.topicName()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
