package io.penstock.orchestrator.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import io.penstock.schema.message.StepKind;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many commands of each kind no worker has finished: the lag of its share group. Steps that
 * wait for a retry or the end of a deferral are timers and not in the topic, so this is work that
 * more workers would do sooner. Told here because a kind without any worker must show it too.
 *
 * <p>Asked for when somebody reads the metrics and at most every few seconds, without waiting: a
 * reader gets the answer to the reader before.
 */
@ApplicationScoped
public class ReadySteps {
  private static final Duration ASK_AFTER = Duration.ofSeconds(5);
  private static final int ANSWER_MILLIS = 4_000;

  private final String bootstrapServers;
  private final int partitions;
  private final MeterRegistry registry;
  private final Map<StepKind, Double> ready = new EnumMap<>(StepKind.class);
  private Admin admin;
  private long askedNanos = System.nanoTime() - ASK_AFTER.toNanos();

  ReadySteps(
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      @ConfigProperty(name = "penstock.kafka.partitions", defaultValue = "4") int partitions,
      MeterRegistry registry) {
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.registry = registry;
  }

  void start(@Observes StartupEvent event) {
    for (StepKind kind : StepKind.values()) {
      Gauge.builder("penstock.steps.ready", () -> ready(kind))
          .description("commands that no worker has finished")
          .tag("kind", kind.id())
          .register(registry);
    }
  }

  private synchronized double ready(StepKind kind) {
    if (System.nanoTime() - askedNanos >= ASK_AFTER.toNanos()) {
      askedNanos = System.nanoTime();
      ask();
    }
    return ready.getOrDefault(kind, Double.NaN);
  }

  private void ask() {
    if (admin == null) {
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers,
                  AdminClientConfig.CLIENT_ID_CONFIG,
                  "penstock-orchestrator-metrics"));
    }
    CompletionStage<Map<TopicPartition, Long>> sizes =
        offsets(OffsetSpec.latest())
            .thenCombine(offsets(OffsetSpec.earliest()), ReadySteps::difference);
    ListShareGroupOffsetsResult groups =
        admin.listShareGroupOffsets(
            Arrays.stream(StepKind.values())
                .collect(
                    Collectors.toMap(
                        ConsumerGroup::workers, kind -> new ListShareGroupOffsetsSpec())),
            new ListShareGroupOffsetsOptions().timeoutMs(ANSWER_MILLIS));
    for (StepKind kind : StepKind.values()) {
      CompletionStage<Double> unused =
          groups
              .partitionsToOffsetInfo(ConsumerGroup.workers(kind))
              .toCompletionStage()
              .exceptionally(ReadySteps::withoutAnyWorker)
              .thenCombine(sizes, (known, all) -> sum(kind, known, all))
              .whenComplete((sum, failure) -> answered(kind, sum));
    }
  }

  private CompletionStage<Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo>> offsets(
      OffsetSpec spec) {
    return admin
        .listOffsets(
            partitionsOfSteps().collect(Collectors.toMap(Function.identity(), any -> spec)),
            new ListOffsetsOptions().timeoutMs(ANSWER_MILLIS))
        .all()
        .toCompletionStage();
  }

  private Stream<TopicPartition> partitionsOfSteps() {
    return Arrays.stream(StepKind.values())
        .map(kind -> Topic.stepsOf(kind).topicName())
        .flatMap(
            topic ->
                IntStream.range(0, partitions).mapToObj(one -> new TopicPartition(topic, one)));
  }

  private static Map<TopicPartition, Long> difference(
      Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends,
      Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> beginnings) {
    return ends.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                end -> end.getValue().offset() - beginnings.get(end.getKey()).offset()));
  }

  /** A group comes to be with its first worker. */
  private static Map<TopicPartition, SharePartitionOffsetInfo> withoutAnyWorker(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof GroupIdNotFoundException) {
      return Map.of();
    }
    throw new CompletionException(cause);
  }

  /**
   * @param known a partition of which no worker has taken anything is missing, or null
   * @param sizes what stands in each partition, commit markers included
   */
  private static double sum(
      StepKind kind,
      Map<TopicPartition, SharePartitionOffsetInfo> known,
      Map<TopicPartition, Long> sizes) {
    String topic = Topic.stepsOf(kind).topicName();
    return sizes.entrySet().stream()
        .filter(partition -> partition.getKey().topic().equals(topic))
        .mapToDouble(
            partition ->
                Optional.ofNullable(known.get(partition.getKey()))
                    .flatMap(SharePartitionOffsetInfo::lag)
                    .orElse(partition.getValue()))
        .sum();
  }

  /**
   * @param sum null if Kafka did not answer: the figure is unknown then, not zero
   */
  private synchronized void answered(StepKind kind, Double sum) {
    if (sum == null) {
      ready.remove(kind);
    } else {
      ready.put(kind, sum);
    }
  }

  @PreDestroy
  synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
