package io.penstock.ingest;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.EventAccepted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands on the input log. */
public final class Inputs {
  private final String bootstrapServers;

  public Inputs(RealBroker broker) {
    this.bootstrapServers = broker.bootstrapServers();
  }

  /** An event with the record it came in. */
  public record Recorded(EventAccepted event, ConsumerRecord<byte[], byte[]> record) {}

  /** All events of a source, in the order of their partitions. */
  public List<Recorded> of(String source) {
    return all().stream().filter(recorded -> recorded.event().source().equals(source)).toList();
  }

  public long count() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(partitions(consumer)).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    }
  }

  private List<Recorded> all() {
    List<Recorded> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long left =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      while (left > 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          found.add(
              new Recorded(
                  (EventAccepted) MessageCodec.decodeInput(record.headers(), record.value()),
                  record));
          left--;
        }
      }
    } catch (UnreadableRecordException e) {
      throw new AssertionError(e);
    }
    return found;
  }

  private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.partitionsFor(Topic.INPUTS.topicName()).stream()
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
