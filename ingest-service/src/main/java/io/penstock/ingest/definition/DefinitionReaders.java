package io.penstock.ingest.definition;

import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Those who keep the definitions in memory, and how far each has read. */
final class DefinitionReaders {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final TopicPartition PARTITION =
      new TopicPartition(Topic.DEFINITIONS.topicName(), 0);

  private final Admin admin;

  DefinitionReaders(Admin admin) {
    this.admin = admin;
  }

  /**
   * Waits until every living reader has what stands at an offset. A reader that joins meanwhile
   * counts as well.
   *
   * @return names of the readers that have not, after {@code atMost}; sorted, empty when all have
   * @throws KafkaException if Kafka does not tell
   */
  List<String> lagging(long offset, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    List<String> lagging = lagging(offset);
    while (!lagging.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_AGAIN);
      lagging = lagging(offset);
    }
    return lagging;
  }

  private List<String> lagging(long offset) throws InterruptedException {
    List<String> living = living();
    if (living.isEmpty()) {
      return List.of();
    }
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
        answer(
            admin
                .listConsumerGroupOffsets(
                    living.stream()
                        .collect(
                            Collectors.toMap(
                                group -> group, group -> new ListConsumerGroupOffsetsSpec())))
                .all());
    return living.stream()
        .filter(group -> !hasRead(committed.get(group).get(PARTITION), offset))
        .map(group -> group.substring(ConsumerGroup.DEFINITION_READERS.length()))
        .sorted()
        .toList();
  }

  private List<String> living() throws InterruptedException {
    List<String> groups =
        answer(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
            .map(GroupListing::groupId)
            .filter(group -> group.startsWith(ConsumerGroup.DEFINITION_READERS))
            .toList();
    if (groups.isEmpty()) {
      return List.of();
    }
    return answer(admin.describeConsumerGroups(groups).all()).values().stream()
        .filter(group -> !group.members().isEmpty())
        .map(ConsumerGroupDescription::groupId)
        .toList();
  }

  private static boolean hasRead(OffsetAndMetadata committed, long offset) {
    return committed != null && committed.offset() > offset;
  }

  private static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new KafkaException("cannot ask for the readers of definitions", e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("cannot ask for the readers of definitions", e);
    }
  }
}
