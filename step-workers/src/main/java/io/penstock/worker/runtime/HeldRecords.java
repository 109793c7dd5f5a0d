package io.penstock.worker.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.internals.ShareFetch;

/**
 * The records of one fetch that this process has locked and not settled yet.
 *
 * <p>For the consumer's thread only.
 */
final class HeldRecords {
  private final ShareFetch<byte[], byte[]> fetch;
  private final Map<RecordPlace, ConsumerRecord<byte[], byte[]>> unsettled = new HashMap<>();
  private long lockedSinceNanos;

  HeldRecords(ShareFetch<byte[], byte[]> fetch, long lockedSinceNanos) {
    this.fetch = fetch;
    this.lockedSinceNanos = lockedSinceNanos;
    fetch
        .records()
        .values()
        .forEach(
            records -> records.forEach(record -> unsettled.put(RecordPlace.of(record), record)));
  }

  ShareFetch<byte[], byte[]> fetch() {
    return fetch;
  }

  Collection<ConsumerRecord<byte[], byte[]>> unsettled() {
    return unsettled.values();
  }

  void settled(RecordPlace place) {
    unsettled.remove(place);
  }

  boolean isEmpty() {
    return unsettled.isEmpty();
  }

  long lockedSinceNanos() {
    return lockedSinceNanos;
  }

  /**
   * After a renewal: what the broker did not renew belongs to somebody else now.
   *
   * @return what was lost
   */
  List<RecordPlace> renewed(long nowNanos) {
    lockedSinceNanos = nowNanos;
    List<RecordPlace> lost = new ArrayList<>(unsettled.keySet());
    fetch
        .records()
        .values()
        .forEach(records -> records.forEach(record -> lost.remove(RecordPlace.of(record))));
    lost.forEach(unsettled::remove);
    return lost;
  }
}
