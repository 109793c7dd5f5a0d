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
 * <p>Nothing is read before the first one is due. Deleted timers leave tombstones, over which a
 * range walks up to the first timer that is there, be it long after its end: looking at each tick
 * would cost the more the more executions have ended.
 */
final class Timers {
  private final KeyValueStore<Bytes, byte[]> store;

  /** No timer stands before it. */
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
    Bytes end = StateKey.timersFrom(now.toEpochMilli() + 1);
    if (lowWater.compareTo(end) >= 0) {
      return List.of();
    }
    List<TimerDue> due = new ArrayList<>();
    Bytes first = StateKey.timersFrom(Long.MAX_VALUE);
    try (KeyValueIterator<Bytes, byte[]> timers = store.range(lowWater, first)) {
      for (boolean more = true; more && timers.hasNext(); ) {
        Bytes key = timers.next().key;
        first = due.isEmpty() ? key : first;
        more = key.compareTo(end) < 0 && due.size() < atMost;
        if (more) {
          due.add(new TimerDue(StateKey.executionOf(key), StateKey.dueOf(key)));
        }
      }
    }
    lowWater = first;
    return due;
  }
}
