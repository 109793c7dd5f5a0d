package io.penstock.orchestrator.stream;

import io.penstock.orchestrator.core.Message;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.TimerDue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The earliest timer of each execution of a partition, ordered by time.
 *
 * <p>Reading begins at a low-water mark and not at zero: deleted timers leave tombstones, and
 * walking over all of them at each tick would cost more than the timers.
 */
final class Timers {
  private final KeyValueStore<Bytes, byte[]> store;
  private Bytes lowWater = StateKey.timersFrom(0);

  Timers(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  void move(ExecutionId execution, Message.WakeUpMoved wakeUp) {
    wakeUp.previous().ifPresent(previous -> remove(execution, previous));
    wakeUp
        .at()
        .ifPresent(
            at -> {
              Bytes key = StateKey.timer(at, execution);
              store.put(key, new byte[0]);
              lowWater = key.compareTo(lowWater) < 0 ? key : lowWater;
            });
  }

  void remove(ExecutionId execution, Instant due) {
    store.delete(StateKey.timer(due, execution));
  }

  /**
   * Timers due at or before {@code now}, earliest first.
   *
   * @param atMost bounds the work of one tick; what is left comes with the next
   */
  List<TimerDue> due(Instant now, int atMost) {
    List<TimerDue> due = new ArrayList<>();
    Bytes end = StateKey.timersFrom(now.toEpochMilli() + 1);
    Bytes first = end;
    try (KeyValueIterator<Bytes, byte[]> timers = store.range(lowWater, end)) {
      while (timers.hasNext() && due.size() < atMost) {
        Bytes key = timers.next().key;
        first = due.isEmpty() ? key : first;
        due.add(new TimerDue(StateKey.executionOf(key), StateKey.dueOf(key)));
      }
    }
    lowWater = first;
    return due;
  }
}
