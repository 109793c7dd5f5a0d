package io.penstock.orchestrator.stream;

import io.penstock.orchestrator.core.Definitions;
import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running topology, with the two clients it needs beside Kafka Streams' own. */
public final class OrchestratorStreams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrchestratorStreams.class);
  private static final Duration BROKER_ANSWERS_WITHIN = Duration.ofSeconds(30);

  private final KafkaStreams streams;
  private final Admin admin;
  private final Producer<byte[], byte[]> timerProducer;

  private OrchestratorStreams(
      KafkaStreams streams, Admin admin, Producer<byte[], byte[]> timerProducer) {
    this.streams = streams;
    this.admin = admin;
    this.timerProducer = timerProducer;
  }

  /**
   * Settings; {@code OrchestratorConfig} says what each is good for.
   *
   * @param partitions of the input log
   */
  public record Settings(
      String bootstrapServers,
      String stateDir,
      int partitions,
      short replication,
      int threads,
      int standbyReplicas,
      Duration commitInterval,
      Duration definitionWait,
      Duration sessionTimeout,
      Duration transactionTimeout,
      Optional<String> instance) {}

  /** Starts to process; returns before partitions are assigned. */
  public static OrchestratorStreams start(
      Settings settings, Definitions definitions, StreamObserver observer) {
    Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                requestTimeoutMillis(settings)));
    Producer<byte[], byte[]> timerProducer = timerProducer(settings);
    KafkaStreams streams =
        new KafkaStreams(
            OrchestratorTopology.build(
                definitions,
                partition -> endOffset(admin, partition),
                timerProducer,
                settings.partitions(),
                settings.sessionTimeout().multipliedBy(3).dividedBy(4),
                observer),
            properties(settings));
    streams.setUncaughtExceptionHandler(
        failure -> {
          LOG.error("a stream thread ended and is replaced; its transaction is aborted", failure);
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    streams.start();
    return new OrchestratorStreams(streams, admin, timerProducer);
  }

  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  public boolean isBroken() {
    return streams.state() == KafkaStreams.State.ERROR;
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }

  /** Commits and stops; what could not be committed in time is decided again by the next owner. */
  public void close(Duration within) {
    // Leaving tells the broker at once; otherwise the next owner waits for our session to end.
    CloseOptions leaving =
        CloseOptions.timeout(within)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    if (!streams.close(leaving)) {
      LOG.warn("the streams did not stop within {}", within);
    }
    timerProducer.close(Duration.ofSeconds(1));
    admin.close(Duration.ofSeconds(1));
  }

  private static Producer<byte[], byte[]> timerProducer(Settings settings) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            settings.bootstrapServers(),
            ProducerConfig.CLIENT_ID_CONFIG,
            "penstock-timers",
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            requestTimeoutMillis(settings),
            // Called on the stream thread: rather lose an announcement (it comes again) than stop.
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            1_000),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static Properties properties(Settings settings) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            ConsumerGroup.ORCHESTRATOR,
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            settings.bootstrapServers(),
            StreamsConfig.STATE_DIR_CONFIG,
            settings.stateDir(),
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.EXACTLY_ONCE_V2,
            StreamsConfig.GROUP_PROTOCOL_CONFIG,
            "classic",
            StreamsConfig.NUM_STREAM_THREADS_CONFIG,
            settings.threads(),
            StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
            settings.standbyReplicas(),
            StreamsConfig.REPLICATION_FACTOR_CONFIG,
            (int) settings.replication(),
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
            settings.commitInterval().toMillis(),
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
            SmallRocksDb.class));
    properties.put(StreamsConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    properties.put(StreamsConfig.REQUEST_TIMEOUT_MS_CONFIG, requestTimeoutMillis(settings));
    // A command must leave at once, not when a batch is full.
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    // What is decided while a request is out goes with the next: batches under load, no waiting
    // without. And a transaction whose predecessor is still being ended is refused once, not five
    // times, four of them as out of order.
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), DeadLetter.MAX_BYTES);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        (int) transactionTimeout(settings).toMillis());
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        (int) settings.sessionTimeout().toMillis());
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        (int) (settings.sessionTimeout().toMillis() / 4));
    settings
        .instance()
        .ifPresent(
            name ->
                properties.put(
                    StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), name));
    return properties;
  }

  /**
   * As wished, but longer than all waiting inside one: for the next commit, and for a definition.
   */
  private static Duration transactionTimeout(Settings settings) {
    Duration waiting =
        settings.commitInterval().multipliedBy(2).plus(settings.definitionWait().multipliedBy(2));
    Duration wished = settings.transactionTimeout();
    return waiting.compareTo(wished) > 0 ? waiting : wished;
  }

  /**
   * After this a connection that is silent counts as lost. Shorter than a session: in a rebalance
   * one of our clients asks the broker while another must stay in the group, and with Kafka's 30 s
   * the asking outlasted the membership, again and again, for minutes.
   */
  private static int requestTimeoutMillis(Settings settings) {
    return Math.toIntExact(settings.sessionTimeout().multipliedBy(2).dividedBy(3).toMillis());
  }

  private static long endOffset(Admin admin, int partition) {
    TopicPartition inputs = new TopicPartition(Topic.INPUTS.topicName(), partition);
    try {
      return admin
          .listOffsets(Map.of(inputs, OffsetSpec.latest()))
          .partitionResult(inputs)
          .get(BROKER_ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
          .offset();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("cannot ask for the end of " + inputs, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for the end of " + inputs, e);
    }
  }
}
