package io.penstock.simulator.shell;

import io.penstock.orchestrator.core.Limits;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * A task's store of events seen. As Kafka's does, it forgets by the latest time that it was told,
 * not by a clock: what is older than the window then neither arrives nor is found.
 */
final class MemoryWindowStore implements WindowStore<Bytes, byte[]> {
  private final String name;
  private final NavigableMap<Bytes, NavigableMap<Long, byte[]>> entries;
  private final WriteGuard guard;
  private final boolean remembers;
  private NavigableMap<Bytes, NavigableMap<Long, byte[]>> uncommitted = new TreeMap<>();
  private long latest;

  /**
   * @param remembers false where the mistake is planted that nothing is found again
   */
  MemoryWindowStore(
      String name,
      NavigableMap<Bytes, NavigableMap<Long, byte[]>> restored,
      WriteGuard guard,
      boolean remembers) {
    this.name = name;
    this.entries = restored;
    this.guard = guard;
    this.remembers = remembers;
    this.latest =
        restored.values().stream().mapToLong(NavigableMap::lastKey).max().orElse(Long.MIN_VALUE);
  }

  /** For the changelog; begins anew with each call. */
  Map<Bytes, NavigableMap<Long, byte[]>> takeUncommitted() {
    Map<Bytes, NavigableMap<Long, byte[]>> taken = uncommitted;
    uncommitted = new TreeMap<>();
    return taken;
  }

  @Override
  public void put(Bytes key, byte[] value, long at) {
    guard.beforeWrite();
    latest = Math.max(latest, at);
    if (at < oldest()) {
      return;
    }
    entries.computeIfAbsent(key, unknown -> new TreeMap<>()).put(at, value);
    uncommitted.computeIfAbsent(key, unknown -> new TreeMap<>()).put(at, value);
  }

  @Override
  public WindowStoreIterator<byte[]> fetch(Bytes key, long from, long to) {
    NavigableMap<Long, byte[]> times = remembers ? entries.get(key) : null;
    long since = Math.max(from, oldest());
    return new Found(times == null || since > to ? Map.of() : times.subMap(since, true, to, true));
  }

  private long oldest() {
    return latest == Long.MIN_VALUE ? latest : latest - Limits.DEDUPLICATION.toMillis();
  }

  @Override
  public byte[] fetch(Bytes key, long time) {
    throw new UnsupportedOperationException();
  }

  @Override
  public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(
      Bytes keyFrom, Bytes keyTo, long timeFrom, long timeTo) {
    throw new UnsupportedOperationException();
  }

  @Override
  public KeyValueIterator<Windowed<Bytes>, byte[]> fetchAll(long timeFrom, long timeTo) {
    throw new UnsupportedOperationException();
  }

  @Override
  public KeyValueIterator<Windowed<Bytes>, byte[]> all() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  private static final class Found implements WindowStoreIterator<byte[]> {
    private final Iterator<Map.Entry<Long, byte[]>> times;

    Found(Map<Long, byte[]> times) {
      this.times = times.entrySet().iterator();
    }

    @Override
    public boolean hasNext() {
      return times.hasNext();
    }

    @Override
    public KeyValue<Long, byte[]> next() {
      Map.Entry<Long, byte[]> next = times.next();
      return KeyValue.pair(next.getKey(), next.getValue());
    }

    @Override
    public Long peekNextKey() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
