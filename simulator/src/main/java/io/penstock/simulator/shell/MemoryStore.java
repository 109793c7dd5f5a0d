package io.penstock.simulator.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A task's store of executions: what was restored, and what was written since the last commit. */
final class MemoryStore implements KeyValueStore<Bytes, byte[]> {
  private final String name;
  private final NavigableMap<Bytes, byte[]> entries;
  private final WriteGuard guard;
  private final Predicate<Bytes> keeps;
  private final Map<Bytes, byte[]> uncommitted = new HashMap<>();

  /**
   * @param keeps whether a write arrives; where it does not, a mistake is planted
   */
  MemoryStore(
      String name, NavigableMap<Bytes, byte[]> restored, WriteGuard guard, Predicate<Bytes> keeps) {
    this.name = name;
    this.entries = restored;
    this.guard = guard;
    this.keeps = keeps;
  }

  /**
   * For the changelog: last value by key, null where it was deleted. Begins anew with each call.
   */
  Map<Bytes, byte[]> takeUncommitted() {
    Map<Bytes, byte[]> taken = new HashMap<>(uncommitted);
    uncommitted.clear();
    return taken;
  }

  @Override
  public void put(Bytes key, byte[] value) {
    guard.beforeWrite();
    if (!keeps.test(key)) {
      return;
    }
    if (value == null) {
      entries.remove(key);
    } else {
      entries.put(key, value);
    }
    uncommitted.put(key, value);
  }

  @Override
  public byte[] putIfAbsent(Bytes key, byte[] value) {
    byte[] before = entries.get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> all) {
    all.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte[] delete(Bytes key) {
    byte[] before = entries.get(key);
    put(key, null);
    return before;
  }

  @Override
  public byte[] get(Bytes key) {
    return entries.get(key);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    if (from.compareTo(to) > 0) {
      return new Entries(new TreeMap<>());
    }
    return new Entries(entries.subMap(from, true, to, true));
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return new Entries(entries);
  }

  @Override
  public long approximateNumEntries() {
    return entries.size();
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

  /** A snapshot, as RocksDB's iterators are. */
  private static final class Entries implements KeyValueIterator<Bytes, byte[]> {
    private final List<Map.Entry<Bytes, byte[]>> entries;
    private int next;

    Entries(NavigableMap<Bytes, byte[]> entries) {
      this.entries = new ArrayList<>(entries.entrySet());
    }

    @Override
    public boolean hasNext() {
      return next < entries.size();
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Map.Entry<Bytes, byte[]> entry = entries.get(next++);
      return KeyValue.pair(entry.getKey(), entry.getValue());
    }

    @Override
    public Bytes peekNextKey() {
      return entries.get(next).getKey();
    }

    @Override
    public void close() {}
  }
}
