package io.penstock.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import io.penstock.schema.message.StepKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second worker comes while the first one has commands in hand: partitions move from the one to
 * the other. Found by {@code penstock soak}: Kafka's client gave such acknowledgements up in
 * silence, and the commands came again when their locks had ended.
 */
class MovedPartitionTest {
  private static final String GROUP = ConsumerGroup.workers(StepKind.ENRICH);
  private static final String TOPIC = Topic.STEPS_ENRICH.topicName();
  private static final int PARTITIONS = 4;
  private static final int COMMANDS = 40;
  private static final Map<Integer, Long> NOTHING_OPEN = Map.of(0, 0L, 1, 0L, 2, 0L, 3, 0L);
  private static final Duration POLL = Duration.ofMillis(20);

  /** Both know by then who has what: they ask every second. */
  private static final Duration LEARNT = Duration.ofSeconds(3);

  /** Well below the lock, with whose end the commands would be handed out again. */
  private static final Duration SOON = Duration.ofSeconds(12);

  private final Map<RecordPlace, AcknowledgeType> inHand = new HashMap<>();
  private final Set<Integer> takenOver = new HashSet<>();
  private int sent;

  @Test
  void what_is_finished_after_its_partition_has_moved_is_acknowledged(@TempDir Path directory)
      throws Exception {
    try (WorkerWorld world = WorkerWorld.start(directory, PARTITIONS);
        Admin admin = Admin.create(Map.of("bootstrap.servers", world.bootstrapServers()));
        UnorderedShareConsumer first = consumer(world, "first")) {
      for (int command = 0; command < COMMANDS; command++) {
        send(world);
      }
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .until(
              () -> {
                take(first.poll(POLL));
                return inHand.size() == COMMANDS;
              });

      try (UnorderedShareConsumer second = consumer(world, "second")) {
        Awaitility.await()
            .during(LEARNT)
            .until(
                () -> {
                  IntStream.range(0, PARTITIONS).forEach(any -> send(world));
                  return !second(acceptAll(second)).isEmpty()
                      && Collections.disjoint(take(first.poll(POLL)), takenOver);
                });
        first.settle(inHand);

        Awaitility.await()
            .atMost(SOON)
            .untilAsserted(
                () -> {
                  inHand.clear();
                  take(first.poll(POLL));
                  first.settle(inHand);
                  acceptAll(second);
                  assertThat(open(admin)).isEqualTo(NOTHING_OPEN);
                });
      }
    }
  }

  private static UnorderedShareConsumer consumer(WorkerWorld world, String name) {
    return new UnorderedShareConsumer(world.bootstrapServers(), GROUP, TOPIC, name, COMMANDS);
  }

  private void send(WorkerWorld world) {
    try {
      world.send(WorkerWorld.command(StepKind.ENRICH, "moved-" + sent), sent % PARTITIONS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    sent++;
  }

  private Set<Integer> second(Set<Integer> partitions) {
    takenOver.addAll(partitions);
    return takenOver;
  }

  /** Returns the partitions of the records. */
  private Set<Integer> take(List<ConsumerRecord<byte[], byte[]>> records) {
    records.forEach(record -> inHand.put(RecordPlace.of(record), AcknowledgeType.ACCEPT));
    return records.stream().map(ConsumerRecord::partition).collect(Collectors.toSet());
  }

  private static Set<Integer> acceptAll(UnorderedShareConsumer consumer) {
    Map<RecordPlace, AcknowledgeType> ends = new HashMap<>();
    consumer.poll(POLL).forEach(record -> ends.put(RecordPlace.of(record), AcknowledgeType.ACCEPT));
    consumer.settle(ends);
    return ends.keySet().stream().map(RecordPlace::partition).collect(Collectors.toSet());
  }

  /** By partition, the records that the broker does not count as done. */
  private static Map<Integer, Long> open(Admin admin) throws Exception {
    Map<Integer, Long> open = new HashMap<>();
    admin
        .listShareGroupOffsets(Map.of(GROUP, new ListShareGroupOffsetsSpec()))
        .partitionsToOffsetInfo(GROUP)
        .get()
        .forEach(
            (partition, info) -> {
              if (info != null && info.lag().isPresent()) {
                open.put(partition.partition(), info.lag().get());
              }
            });
    return open;
  }
}
