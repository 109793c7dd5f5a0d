package io.penstock.orchestrator.stream;

import io.penstock.orchestrator.core.Decider;
import io.penstock.orchestrator.core.Definitions;
import io.penstock.orchestrator.core.Limits;
import io.penstock.schema.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.Stores;

/** The topology: one source, one processor with two stores, a sink for each topic written. */
public final class OrchestratorTopology {
  public static final String STATE = "state";
  public static final String SEEN_EVENTS = "seen-events";

  private static final String TO = "to-";
  private static final String SOURCE = "inputs";
  private static final String PROCESSOR = "decide";

  /** State turns over quickly: small segments and eager cleaning keep restores short. */
  private static final Map<String, String> CHANGELOG =
      Map.of(
          "segment.bytes", Integer.toString(16 * 1024 * 1024),
          "min.cleanable.dirty.ratio", "0.1",
          "max.compaction.lag.ms", Long.toString(Duration.ofHours(1).toMillis()));

  private OrchestratorTopology() {}

  /**
   * Builds it.
   *
   * @param timerProducer plain, not transactional; shared by all partitions
   * @param partitions of the input log
   * @param standstill shorter than a session: who stood still for longer may have lost its
   *     partitions, and looks at the log before it sends commands
   * @param observer shared by all partitions
   */
  public static Topology build(
      Definitions definitions,
      InputLog log,
      Producer<byte[], byte[]> timerProducer,
      int partitions,
      Duration standstill,
      StreamObserver observer) {
    Topology topology = new Topology();
    StreamObserver harmless = new HarmlessObserver(observer, System::nanoTime);
    ObservedOffsets observed = new ObservedOffsets(harmless);
    topology.addSource(
        SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topic.INPUTS.topicName());
    topology.addProcessor(
        PROCESSOR,
        () ->
            new InputProcessor(
                new Transitions(definitions),
                log,
                timerProducer,
                partitions,
                harmless,
                observed,
                standstill,
                System::nanoTime),
        SOURCE);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STATE), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingEnabled(CHANGELOG)
            .withCachingDisabled(),
        PROCESSOR);
    topology.addStateStore(
        Stores.windowStoreBuilder(
                Stores.persistentWindowStore(
                    SEEN_EVENTS, Limits.DEDUPLICATION, Duration.ofMillis(1), false),
                Serdes.Bytes(),
                Serdes.ByteArray())
            .withLoggingEnabled(Map.of())
            .withCachingDisabled(),
        PROCESSOR);
    for (Topic topic :
        new Topic[] {
          Topic.STEPS_ENRICH, Topic.STEPS_LLM, Topic.STEPS_ROUTE, Topic.STEPS_NOTIFY, Topic.HISTORY
        }) {
      addSink(topology, sink(topic), topic.topicName());
    }
    for (Topic topic :
        new Topic[] {
          Topic.STEPS_ENRICH, Topic.STEPS_LLM, Topic.STEPS_ROUTE, Topic.STEPS_NOTIFY, Topic.INPUTS
        }) {
      addSink(topology, deadLetterSink(topic), topic.deadLetterTopicName());
    }
    return topology;
  }

  /**
   * The processor by itself, for who plays Kafka's part: gives it a context with the stores {@link
   * #STATE} and {@link #SEEN_EVENTS}, and takes what it forwards.
   *
   * @param nanoTime a monotonic clock; tells only whether the log stands still
   */
  public static Processor<byte[], byte[], byte[], byte[]> processor(
      Definitions definitions,
      Decider decider,
      InputLog log,
      Producer<byte[], byte[]> timerProducer,
      int partitions,
      Duration standstill,
      LongSupplier nanoTime) {
    return new InputProcessor(
        new Transitions(definitions, decider),
        log,
        timerProducer,
        partitions,
        StreamObserver.BLIND,
        new ObservedOffsets(StreamObserver.BLIND),
        standstill,
        nanoTime);
  }

  /** The topic behind a sink to which the processor forwards. */
  public static String topicOf(String sink) {
    return sink.substring(TO.length());
  }

  static String sink(Topic topic) {
    return TO + topic.topicName();
  }

  static String deadLetterSink(Topic topic) {
    return TO + topic.deadLetterTopicName();
  }

  /** Partition by key, as everywhere: the same key, the same number, in all our topics. */
  private static void addSink(Topology topology, String name, String topicName) {
    topology.addSink(
        name, topicName, new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
  }
}
