package io.penstock.orchestrator.stream;

import io.penstock.schema.message.ExecutionId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Deletes the pieces of executions that are forgotten. An execution with very many of them is gone
 * for every decision at once, as its control is; the rest goes a bounded number at a time, so that
 * no transaction grows with the number of steps. A marker in the store remembers that over a
 * restart.
 */
final class Leftovers {
  private static final int AT_ONCE = 200;

  private final KeyValueStore<Bytes, byte[]> store;
  private boolean mayHaveSome = true;

  Leftovers(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  void delete(ExecutionId execution) {
    store.delete(StateKey.piece(execution, PieceName.CONTROL));
    List<Bytes> pieces = pieces(execution, AT_ONCE + 1);
    if (pieces.size() <= AT_ONCE) {
      pieces.forEach(store::delete);
    } else {
      store.put(StateKey.leftover(execution), new byte[0]);
      mayHaveSome = true;
    }
  }

  /**
   * Goes on deleting.
   *
   * @param atMost bounds one transaction; what is left comes with the next tick
   */
  void deleteSome(int atMost) {
    if (!mayHaveSome) {
      return;
    }
    Bytes marker = first(StateKey.firstLeftover(), StateKey.lastLeftover());
    if (marker == null) {
      mayHaveSome = false;
      return;
    }
    List<Bytes> pieces = pieces(StateKey.executionOfLeftover(marker), atMost);
    pieces.forEach(store::delete);
    if (pieces.size() < atMost) {
      store.delete(marker);
    }
  }

  private Bytes first(Bytes from, Bytes to) {
    try (KeyValueIterator<Bytes, byte[]> range = store.range(from, to)) {
      return range.hasNext() ? range.next().key : null;
    }
  }

  private List<Bytes> pieces(ExecutionId execution, int atMost) {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> pieces =
        store.range(StateKey.firstPiece(execution), StateKey.lastPiece(execution))) {
      while (pieces.hasNext() && keys.size() < atMost) {
        KeyValue<Bytes, byte[]> piece = pieces.next();
        keys.add(piece.key);
      }
    }
    return keys;
  }
}
