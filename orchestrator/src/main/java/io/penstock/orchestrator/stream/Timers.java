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
  private long lowWater;

  Timers(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  void move(ExecutionId execution, Message.WakeUpMoved wakeUp) {
    wakeUp.previous().ifPresent(previous -> remove(execution, previous));
    wakeUp
        .at()
        .ifPresent(
            at -> {
              store.put(StateKey.timer(at, execution), new byte[0]);
              lowWater = Math.min(lowWater, at.toEpochMilli());
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
    try (KeyValueIterator<Bytes, byte[]> timers =
        store.range(StateKey.timersFrom(lowWater), StateKey.timersFrom(now.toEpochMilli() + 1))) {
      while (timers.hasNext() && due.size() < atMost) {
        Bytes key = timers.next().key;
        due.add(new TimerDue(StateKey.executionOf(key), StateKey.dueOf(key)));
      }
    }
    lowWater = due.isEmpty() ? now.toEpochMilli() : due.getFirst().due().toEpochMilli();
    return due;
  }
}
