package io.penstock.schema.kafka;

import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import io.penstock.schema.message.StepKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Declares topics and group settings before their first use, and refuses a broker or topics on
 * which the promises do not hold. Safe to call by several services at once, and again.
 */
public final class TopicSetup {
  private static final String DAYS_7 = Long.toString(Duration.ofDays(7).toMillis());
  private static final String DAYS_30 = Long.toString(Duration.ofDays(30).toMillis());
  private static final int LEAST_TRANSACTION_VERSION = 2;
  private static final int REPLICAS_THAT_TOLERATE_A_LOSS = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Admin admin;
  private final int partitions;
  private final short replication;

  /**
   * @param partitions of inputs, steps, history and their dead letters; fixed for the life of an
   *     installation
   */
  public TopicSetup(Admin admin, int partitions, short replication) {
    this.admin = admin;
    this.partitions = partitions;
    this.replication = replication;
  }

  /**
   * Creates what is missing and checks what is there.
   *
   * @throws IllegalStateException saying what does not fit and what to do
   */
  public void ensure() {
    checkTransactionVersion();
    create(declared());
    checkPartitionsAndClock();
    configureShareGroups();
  }

  private List<NewTopic> declared() {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (topic == Topic.DEFINITIONS) {
        topics.add(
            topic(topic.topicName(), 1, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, "compact")));
        continue;
      }
      topics.add(topic(topic.topicName(), partitions, settings(topic)));
      topics.add(
          topic(
              topic.deadLetterTopicName(),
              partitions,
              Map.of(
                  TopicConfig.RETENTION_MS_CONFIG,
                  DAYS_30,
                  TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                  Integer.toString(DeadLetter.MAX_BYTES))));
    }
    return topics;
  }

  private static Map<String, String> settings(Topic topic) {
    return switch (topic) {
      // The broker's time is the only clock of a decision.
      case INPUTS ->
          Map.of(
              TopicConfig.RETENTION_MS_CONFIG,
              DAYS_7,
              TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
              "LogAppendTime");
      case HISTORY -> Map.of(TopicConfig.RETENTION_MS_CONFIG, DAYS_30);
      case STEPS_ENRICH, STEPS_LLM, STEPS_ROUTE, STEPS_NOTIFY ->
          Map.of(TopicConfig.RETENTION_MS_CONFIG, DAYS_7);
      case DEFINITIONS -> Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, "compact");
    };
  }

  private NewTopic topic(String name, int count, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    if (replication >= REPLICAS_THAT_TOLERATE_A_LOSS) {
      // Otherwise "acknowledged by all" may mean by the one replica that is left.
      all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }
    return new NewTopic(name, count, replication).configs(all);
  }

  private void create(List<NewTopic> topics) {
    Set<String> existing = await("list topics", admin.listTopics().names());
    List<NewTopic> missing = topics.stream().filter(t -> !existing.contains(t.name())).toList();
    admin
        .createTopics(missing)
        .values()
        .forEach(
            (name, result) -> {
              try {
                await("create topic " + name, result);
              } catch (IllegalStateException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                  throw e;
                }
              }
            });
  }

  private void checkPartitionsAndClock() {
    Collection<String> names = declared().stream().map(NewTopic::name).toList();
    Map<String, TopicDescription> found = described(names);
    for (NewTopic wanted : declared()) {
      int actual = found.get(wanted.name()).partitions().size();
      if (actual != wanted.numPartitions()) {
        throw new IllegalStateException(
            "topic %s has %d partitions, configured are %d (penstock.kafka.partitions); the number is fixed for the life of an installation: set it to %d"
                .formatted(wanted.name(), actual, wanted.numPartitions(), actual));
      }
    }
    ConfigResource inputs = new ConfigResource(ConfigResource.Type.TOPIC, Topic.INPUTS.topicName());
    String clock =
        await("describe topic settings", admin.describeConfigs(List.of(inputs)).all())
            .get(inputs)
            .get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
            .value();
    if (!"LogAppendTime".equals(clock)) {
      throw new IllegalStateException(
          "topic %s has message.timestamp.type=%s; Penstock decides by the broker's time: set it to LogAppendTime"
              .formatted(Topic.INPUTS.topicName(), clock));
    }
  }

  /** A topic that was just created is not known to every part of the broker at once. */
  private Map<String, TopicDescription> described(Collection<String> names) {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (true) {
      try {
        return await("describe topics", admin.describeTopics(names).allTopicNames());
      } catch (IllegalStateException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > end) {
          throw e;
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for topics to be known", e);
    }
  }

  /** Before version 2 an aborted transaction's late write could end up in the next (KIP-890). */
  private void checkTransactionVersion() {
    FinalizedVersionRange finalized =
        await("describe broker features", admin.describeFeatures().featureMetadata())
            .finalizedFeatures()
            .get("transaction.version");
    int version = finalized == null ? 0 : finalized.maxVersionLevel();
    if (version < LEAST_TRANSACTION_VERSION) {
      throw new IllegalStateException(
          "the broker's feature transaction.version is %d, needed is %d (KIP-890): run kafka-features.sh upgrade --feature transaction.version=2"
              .formatted(version, LEAST_TRANSACTION_VERSION));
    }
  }

  /**
   * Settings of share groups live at the broker and must stand before the group's first use: its
   * default would begin at the latest record and miss commands written before the first worker
   * came.
   */
  private void configureShareGroups() {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (StepKind kind : StepKind.values()) {
      changes.put(
          new ConfigResource(ConfigResource.Type.GROUP, ConsumerGroup.workers(kind)),
          Map.of(
                  "share.auto.offset.reset", "earliest",
                  "share.isolation.level", "read_uncommitted",
                  // Renewed while a step takes longer; how long others wait for a worker that
                  // hangs.
                  "share.record.lock.duration.ms", "30000",
                  // Past it the broker drops a record without a word. Workers hand a suspicious
                  // command back long before (worker.runtime.CommandWork).
                  "share.delivery.count.limit", "10")
              .entrySet()
              .stream()
              .map(
                  setting ->
                      new AlterConfigOp(
                          new ConfigEntry(setting.getKey(), setting.getValue()),
                          AlterConfigOp.OpType.SET))
              .collect(Collectors.toList()));
    }
    await("configure share groups", admin.incrementalAlterConfigs(changes).all());
  }

  private static <T> T await(String what, KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "cannot " + what + ": " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "cannot " + what + ": no answer from Kafka within " + TIMEOUT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to " + what, e);
    }
  }
}
