package io.penstock.simulator.shell;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/**
 * What the broker holds of one partition's task: the changelogs of its stores as they are
 * compacted, and how far its input log is committed. From it a task that takes over is restored.
 */
public final class PartitionState {
  private final NavigableMap<Bytes, byte[]> state = new TreeMap<>();
  private final NavigableMap<Bytes, NavigableMap<Long, byte[]>> seen = new TreeMap<>();
  private long offset;

  /** The first offset of the input log that is not committed. */
  public long offset() {
    return offset;
  }

  /** Of the store of executions; a copy. */
  public NavigableMap<Bytes, byte[]> state() {
    return new TreeMap<>(state);
  }

  /** Of the store of events seen: by key and time; a copy. */
  public NavigableMap<Bytes, NavigableMap<Long, byte[]>> seen() {
    NavigableMap<Bytes, NavigableMap<Long, byte[]>> copy = new TreeMap<>();
    seen.forEach((key, at) -> copy.put(key, new TreeMap<>(at)));
    return copy;
  }

  void commit(
      Map<Bytes, byte[]> stateWrites,
      Map<Bytes, NavigableMap<Long, byte[]>> seenWrites,
      long upTo) {
    stateWrites.forEach(
        (key, value) -> {
          if (value == null) {
            state.remove(key);
          } else {
            state.put(key, value);
          }
        });
    seenWrites.forEach((key, at) -> seen.computeIfAbsent(key, k -> new TreeMap<>()).putAll(at));
    offset = upTo;
  }
}
