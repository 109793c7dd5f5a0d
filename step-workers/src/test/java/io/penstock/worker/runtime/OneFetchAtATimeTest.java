package io.penstock.worker.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.internals.Acknowledgements;
import org.apache.kafka.clients.consumer.internals.Deserializers;
import org.apache.kafka.clients.consumer.internals.ShareAcquireMode;
import org.apache.kafka.clients.consumer.internals.ShareCompletedFetch;
import org.apache.kafka.clients.consumer.internals.ShareFetch;
import org.apache.kafka.clients.consumer.internals.ShareFetchBuffer;
import org.apache.kafka.clients.consumer.internals.ShareFetchCollector;
import org.apache.kafka.clients.consumer.internals.ShareFetchConfig;
import org.apache.kafka.clients.consumer.internals.ShareFetchMetricsAggregator;
import org.apache.kafka.clients.consumer.internals.ShareFetchMetricsManager;
import org.apache.kafka.clients.consumer.internals.ShareFetchMetricsRegistry;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ShareFetchResponseData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.LogContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On answers of a broker as the client parses them: records of transactions, and their ends. */
class OneFetchAtATimeTest {
  private static final TopicIdPartition PARTITION =
      new TopicIdPartition(Uuid.randomUuid(), 0, "penstock.steps.llm");
  private static final int AT_ONCE = 10;

  private final Metrics metrics = new Metrics();
  private final ShareFetchMetricsManager metricsManager =
      new ShareFetchMetricsManager(metrics, new ShareFetchMetricsRegistry());
  private final ShareFetchBuffer arrived = new ShareFetchBuffer(new LogContext());
  private ShareFetchCollector<byte[], byte[]> client;

  @BeforeEach
  void a_collector_of_the_client() {
    ShareFetchConfig config =
        new ShareFetchConfig(
            1,
            1 << 20,
            50,
            1 << 20,
            AT_ONCE,
            true,
            "",
            IsolationLevel.READ_UNCOMMITTED,
            ShareAcquireMode.RECORD_LIMIT);
    client =
        new ShareFetchCollector<>(
            new LogContext(),
            null,
            null,
            config,
            new Deserializers<>(new ByteArrayDeserializer(), new ByteArrayDeserializer(), metrics));
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void every_offset_of_two_answers_that_meet_is_acknowledged() throws Exception {
    arrive(0, 3);
    arrive(4, 2);

    assertThat(acknowledgedBy(new OneFetchAtATime<>(client)))
        .containsExactlyElementsOf(LongStream.rangeClosed(0, 6).boxed().toList());
  }

  /** Once this fails the client is mended, and {@link OneFetchAtATime} can go. */
  @Test
  void the_clients_own_collector_forgets_the_end_of_the_second_transaction() throws Exception {
    arrive(0, 3);
    arrive(4, 2);

    assertThat(acknowledgedBy(client)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void an_end_that_comes_alone_is_acknowledged_and_hides_no_later_one() throws Exception {
    arrive(0, 0);
    arrive(1, 2);
    arrive(4, 0);

    assertThat(acknowledgedBy(new OneFetchAtATime<>(client)))
        .containsExactlyElementsOf(LongStream.rangeClosed(0, 4).boxed().toList());
  }

  @Test
  void an_answer_of_more_records_than_a_poll_may_return_is_taken_to_its_end_first()
      throws Exception {
    arrive(0, AT_ONCE);
    arrive(AT_ONCE + 1, 1);

    assertThat(acknowledgedBy(new OneFetchAtATime<>(client)))
        .containsExactlyElementsOf(LongStream.rangeClosed(0, AT_ONCE + 2).boxed().toList());
  }

  /** Polls until nothing comes, accepting every record; the offsets for which the broker hears. */
  private Set<Long> acknowledgedBy(ShareFetchCollector<byte[], byte[]> collector) {
    Set<Long> acknowledged = new TreeSet<>();
    for (int polls = 0; polls < 10; polls++) {
      ShareFetch<byte[], byte[]> fetch = collector.collect(arrived);
      fetch
          .records()
          .values()
          .forEach(
              records ->
                  records.forEach(record -> fetch.acknowledge(record, AcknowledgeType.ACCEPT)));
      fetch
          .takeAcknowledgedRecords()
          .values()
          .forEach(taken -> acknowledged.addAll(offsets(taken.acknowledgements())));
    }
    return acknowledged;
  }

  private static Set<Long> offsets(Acknowledgements acknowledgements) {
    return acknowledgements.getAcknowledgementsTypeMap().keySet();
  }

  /** An answer with a transaction of so many records from that offset on, and its end. */
  private void arrive(long from, int records) throws Exception {
    List<MemoryRecords> written = new ArrayList<>();
    if (records > 0) {
      written.add(
          MemoryRecords.withTransactionalRecords(
              from,
              Compression.NONE,
              1L,
              (short) 0,
              0,
              RecordBatch.NO_PARTITION_LEADER_EPOCH,
              LongStream.range(0, records)
                  .mapToObj(number -> new SimpleRecord(("command " + number).getBytes(UTF_8)))
                  .toArray(SimpleRecord[]::new)));
    }
    written.add(
        MemoryRecords.withEndTransactionMarker(
            from + records,
            0L,
            RecordBatch.NO_PARTITION_LEADER_EPOCH,
            1L,
            (short) 0,
            new EndTransactionMarker(ControlRecordType.COMMIT, 0)));
    ByteBuffer buffer =
        ByteBuffer.allocate(written.stream().mapToInt(MemoryRecords::sizeInBytes).sum());
    written.forEach(part -> buffer.put(part.buffer()));
    ShareFetchResponseData.PartitionData data =
        new ShareFetchResponseData.PartitionData()
            .setRecords(MemoryRecords.readableRecords(buffer.flip()))
            .setAcquiredRecords(
                List.of(
                    new ShareFetchResponseData.AcquiredRecords()
                        .setFirstOffset(from)
                        .setLastOffset(from + records)
                        .setDeliveryCount((short) 1)));
    OneFetchAtATime.waiting(arrived).add(completed(data));
  }

  private ShareCompletedFetch completed(ShareFetchResponseData.PartitionData data)
      throws ReflectiveOperationException {
    Constructor<?> constructor = ShareCompletedFetch.class.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return (ShareCompletedFetch)
        constructor.newInstance(
            new LogContext(),
            BufferSupplier.NO_CACHING,
            1,
            PARTITION,
            data,
            Optional.of(30_000),
            new ShareFetchMetricsAggregator(
                metricsManager, new HashSet<>(Set.of(PARTITION.topicPartition()))),
            ApiKeys.SHARE_FETCH.latestVersion());
  }
}
