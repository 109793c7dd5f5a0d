package io.penstock.worker.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.internals.ShareFetch;
import org.apache.kafka.clients.consumer.internals.ShareFetchCollector;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a share group that takes further records while earlier ones are still worked on.
 *
 * <p>The protocol allows that; Kafka's own client does not: its {@code poll} refuses to go on while
 * one record of the former poll is not acknowledged, so one slow call would hold back everything
 * that this process could do meanwhile. The only obstacle is a private field, the client's current
 * fetch. This class takes a fetch out after a poll and puts it back for the moment in which its
 * records are acknowledged or renewed. It also puts {@link OneFetchAtATime} in front of the
 * client's collector, which loses acknowledgements, and sends those of {@link MovedPartitions} on
 * the one way that does not lose them. All else goes through the client's public methods. {@code
 * docs/adr/2026-11-22-share-groups-for-step-topics.md} has the measurements and the alternatives.
 *
 * <p>Not thread-safe: one thread owns it.
 */
final class UnorderedShareConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnorderedShareConsumer.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final Duration RENEW_LIMIT = Duration.ofSeconds(5);
  private static final Duration RENEW_PAUSE = Duration.ofMillis(2);
  private static final Duration DEFAULT_LOCK = Duration.ofSeconds(30);

  /**
   * The broker answers a fetch at once when there is something. An acknowledgement waits for an
   * open fetch to return: so long may a finished call look unfinished, and be repeated if the
   * process is killed just then. Lower: idle workers cost more (each fetch is a request).
   */
  private static final int FETCH_WAIT_MS = 50;

  private final KafkaShareConsumer<byte[], byte[]> client;
  private final CurrentFetch current;
  private final MovedPartitions moved;
  private final List<HeldRecords> held = new ArrayList<>();
  private Duration lock = DEFAULT_LOCK;
  private final List<ConsumerRecord<byte[], byte[]>> takenWhileRenewing = new ArrayList<>();
  private long lastPolledNanos = System.nanoTime();

  UnorderedShareConsumer(
      String bootstrapServers, String group, String topic, String clientId, int recordsAtOnce) {
    client =
        new KafkaShareConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG, group,
                ConsumerConfig.CLIENT_ID_CONFIG, clientId,
                ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit",
                // No prefetch: what is fetched is locked, and nobody would renew what lies in a
                // buffer.
                ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, recordsAtOnce,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    Object delegate =
        new ClientField<>(client, KafkaShareConsumer.class, "delegate", Object.class).get();
    current = new CurrentFetch(delegate);
    moved = new MovedPartitions(delegate);
    takeOneFetchAtATime(delegate);
    client.setAcknowledgementCommitCallback(
        (offsets, failure) -> {
          if (failure != null) {
            LOG.atWarn()
                .addKeyValue("topic", topic)
                .addKeyValue("records", offsets.values().stream().mapToInt(Collection::size).sum())
                .addKeyValue("reason", failure.getMessage())
                .log("the broker no longer counts records as ours; they come again");
          }
        });
    client.subscribe(List.of(topic));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the client's own type parameters
  private static void takeOneFetchAtATime(Object delegate) {
    ClientField<ShareFetchCollector> collector =
        new ClientField<>(
            delegate, delegate.getClass(), "fetchCollector", ShareFetchCollector.class);
    collector.set(new OneFetchAtATime<byte[], byte[]>(collector.get()));
  }

  /**
   * Takes what is there, whatever is still held.
   *
   * @param atMost keep it at 20 ms or below: on topics written by transactions a client may not see
   *     new records before its next poll
   */
  List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
    boolean longAway = System.nanoTime() - lastPolledNanos > lock.toNanos() / 2;
    client.poll(atMost);
    lastPolledNanos = System.nanoTime();
    Optional<HeldRecords> taken = takeOut();
    if (longAway && taken.isPresent()) {
      // They may have waited in the client since before their locks ran out.
      renew(taken.get());
    }
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(takenWhileRenewing);
    takenWhileRenewing.clear();
    taken.ifPresent(fetched -> records.addAll(fetched.unsettled()));
    return records;
  }

  /**
   * Tells the broker what became of records.
   *
   * @param ends {@code ACCEPT}: done for good; {@code RELEASE}: not done, somebody else may. A
   *     record that is no longer held is skipped
   */
  void settle(Map<RecordPlace, AcknowledgeType> ends) {
    for (HeldRecords fetched : held) {
      List<ConsumerRecord<byte[], byte[]>> ended =
          fetched.unsettled().stream()
              .filter(record -> ends.containsKey(RecordPlace.of(record)))
              .toList();
      if (!ended.isEmpty()) {
        settle(fetched, ended, ends);
      }
    }
    held.removeIf(HeldRecords::isEmpty);
  }

  private void settle(
      HeldRecords fetched,
      List<ConsumerRecord<byte[], byte[]>> ended,
      Map<RecordPlace, AcknowledgeType> ends) {
    current.put(fetched.fetch());
    try {
      for (ConsumerRecord<byte[], byte[]> record : ended) {
        RecordPlace place = RecordPlace.of(record);
        client.acknowledge(record, ends.get(place));
        fetched.settled(place);
      }
      if (moved.haveAny(ended)) {
        moved.acknowledge(fetched.fetch());
      } else {
        client.commitAsync();
      }
    } finally {
      current.clear();
    }
  }

  /** Renews every lock that is older than a third of its time. */
  void renewWhatIsDue() {
    long now = System.nanoTime();
    for (HeldRecords fetched : List.copyOf(held)) {
      if (now - fetched.lockedSinceNanos() > lock.toNanos() / 3) {
        renew(fetched);
      }
    }
    held.removeIf(HeldRecords::isEmpty);
  }

  private void renew(HeldRecords fetched) {
    current.put(fetched.fetch());
    try {
      long now = System.nanoTime();
      fetched.unsettled().forEach(record -> client.acknowledge(record, AcknowledgeType.RENEW));
      if (moved.haveAny(fetched.unsettled())) {
        renewByFetch(fetched.fetch());
      } else {
        renewByCommit(fetched.fetch());
      }
      List<RecordPlace> lost = fetched.renewed(now);
      if (!lost.isEmpty()) {
        LOG.atWarn()
            .addKeyValue("records", lost)
            .log("lost the locks of records; their commands may be executed elsewhere as well");
      }
    } finally {
      current.clear();
    }
  }

  @SuppressWarnings("ReferenceEquality") // the question is whether it is the same object
  private void renewByCommit(ShareFetch<byte[], byte[]> fetch) {
    client.commitSync(RENEW_LIMIT);
    // Only a poll moves renewed records back to where they can be acknowledged again. While the
    // client has any it returns just those; when all are lost it may return new ones.
    client.poll(Duration.ZERO);
    lastPolledNanos = System.nanoTime();
    if (current.get() != fetch) {
      takeOut().ifPresent(other -> takenWhileRenewing.addAll(other.unsettled()));
    }
  }

  /** Not by polls: they refuse while one of the records is back and others are not yet. */
  private void renewByFetch(ShareFetch<byte[], byte[]> fetch) {
    moved.acknowledge(fetch);
    long begun = System.nanoTime();
    while (fetch.hasRenewals() && System.nanoTime() - begun < RENEW_LIMIT.toNanos()) {
      LockSupport.parkNanos(RENEW_PAUSE.toNanos());
      client.commitAsync(); // commits nothing, but looks at the answers
      fetch.takeRenewedRecords();
    }
  }

  private Optional<HeldRecords> takeOut() {
    ShareFetch<byte[], byte[]> fetch = current.get();
    current.clear();
    if (fetch.isEmpty()) {
      return Optional.empty();
    }
    lock = fetch.acquisitionLockTimeoutMs().map(Duration::ofMillis).orElse(lock);
    HeldRecords taken = new HeldRecords(fetch, System.nanoTime());
    held.add(taken);
    return Optional.of(taken);
  }

  /** Gives back what is still held: others get it at once. */
  @Override
  public void close() {
    client.close(CLOSE_LIMIT);
  }

  /** What the client has taken and not yet seen the end of. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // the client's own type parameters
  private static final class CurrentFetch {
    private final ClientField<ShareFetch> field;

    CurrentFetch(Object delegate) {
      field = new ClientField<>(delegate, delegate.getClass(), "currentFetch", ShareFetch.class);
    }

    ShareFetch<byte[], byte[]> get() {
      return field.get();
    }

    void put(ShareFetch<byte[], byte[]> fetch) {
      field.set(fetch);
    }

    void clear() {
      put(ShareFetch.empty());
    }
  }
}
