package io.penstock.orchestrator.stream;

import io.penstock.schema.json.JsonMapper;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.StepRequested;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Holds commands back while a partition that was taken over catches up with its log.
 *
 * <p>The records of the transaction that died with the former owner are decided again. Their
 * commands may have been executed already, speculatively, and then the outcomes stand further down
 * the log. So commands wait until the end that the log had at the take-over, and those whose
 * outcome was met on the way are dropped. They wait in the state store, because a commit in between
 * moves the offsets past the records they came from.
 */
final class CommandHold {
  /** What is released at once is in memory at once. */
  private static final long RELEASED_BYTES = 8L * 1024 * 1024;

  private final KeyValueStore<Bytes, byte[]> store;
  private final long until;
  private boolean caughtUp;
  private boolean mayHaveHeld = true;

  /**
   * @param until end offset of the partition at the take-over: the first that is not there yet
   */
  CommandHold(KeyValueStore<Bytes, byte[]> store, long until) {
    this.store = store;
    this.until = until;
    this.caughtUp = until == 0;
  }

  long until() {
    return until;
  }

  /** Whether a command that follows from the record at this offset must wait. */
  boolean holds(long offset) {
    return !caughtUp && offset < until;
  }

  void hold(StepRequested command) {
    mayHaveHeld = true;
    store.put(StateKey.held(command.id()), JsonMapper.write(command));
  }

  /** A newer command for the same step goes out directly. */
  void supersede(CommandId newer) {
    if (mayHaveHeld) {
      store.delete(StateKey.held(newer));
    }
  }

  /**
   * Drops what the execution no longer waits for.
   *
   * @param awaits whether the step at a path waits for an outcome, as it is stored now
   */
  void settle(ExecutionId execution, Predicate<StepPath> awaits) {
    if (!mayHaveHeld) {
      return;
    }
    List<Bytes> answered = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> held =
        store.range(StateKey.firstHeld(execution), StateKey.lastHeld(execution))) {
      while (held.hasNext()) {
        Bytes key = held.next().key;
        if (!awaits.test(StateKey.pathOfHeld(key))) {
          answered.add(key);
        }
      }
    }
    answered.forEach(store::delete);
  }

  /** Tells where the partition is; once past the mark it stays caught up. */
  void reached(long offset) {
    caughtUp |= offset >= until - 1;
  }

  /** The log had gaps at its end, or nothing came for long: there is nothing to wait for. */
  void endOfLog() {
    caughtUp = true;
  }

  boolean isCaughtUp() {
    return caughtUp;
  }

  boolean hasToRelease() {
    return caughtUp && mayHaveHeld;
  }

  /**
   * Takes out commands that may go now.
   *
   * @param atMost bounds one transaction; call again while {@link #hasToRelease()}
   */
  List<StepRequested> release(int atMost) {
    List<StepRequested> commands = new ArrayList<>();
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> held =
        store.range(StateKey.firstHeld(), StateKey.lastHeld())) {
      long bytes = 0;
      while (held.hasNext() && commands.size() < atMost && bytes < RELEASED_BYTES) {
        KeyValue<Bytes, byte[]> next = held.next();
        bytes += next.value.length;
        keys.add(next.key);
        commands.add(read(next.value));
      }
      mayHaveHeld = held.hasNext();
    }
    keys.forEach(store::delete);
    return commands;
  }

  private static StepRequested read(byte[] value) {
    try {
      return JsonMapper.read(value, StepRequested.class);
    } catch (IOException e) {
      throw new UncheckedIOException("a held command cannot be read", e);
    }
  }
}
