package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.orchestrator.core.Limits;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * The events of the deduplication window. What stays of an event for days is one key here; its
 * execution's state is gone long before.
 */
final class SeenEvents {
  private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);
  private static final byte[] SEEN = new byte[0];

  private final WindowStore<Bytes, byte[]> store;

  SeenEvents(WindowStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Also in what is the future by now: the broker's clock may have been set back since. */
  boolean contains(String eventHash, Instant now) {
    try (WindowStoreIterator<byte[]> found =
        store.fetch(key(eventHash), now.minus(Limits.DEDUPLICATION), END_OF_TIME)) {
      return found.hasNext();
    }
  }

  void add(String eventHash, Instant now) {
    store.put(key(eventHash), SEEN, now.toEpochMilli());
  }

  private static Bytes key(String eventHash) {
    return Bytes.wrap(eventHash.getBytes(UTF_8));
  }
}
