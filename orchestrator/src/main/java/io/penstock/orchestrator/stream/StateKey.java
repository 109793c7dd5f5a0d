package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepPath;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the one state store. One store means one changelog, so one transaction marker fewer for
 * each kind of state. The first byte tells the family; the pieces of an execution lie together.
 */
final class StateKey {
  private static final char EXECUTION = 'e';
  private static final char TIMER = 't';
  private static final char HELD = 'h';
  private static final char LEFTOVER = 'x';
  private static final char END = '\0';
  private static final char AFTER_END = '\1';

  private StateKey() {}

  /** Of a piece by its {@link PieceName}. */
  static Bytes piece(ExecutionId execution, String name) {
    return text(pieces(execution) + name);
  }

  /** The name behind the execution in the key of a piece. */
  static String nameOf(ExecutionId execution, Bytes piece) {
    int skip = pieces(execution).length();
    return new String(piece.get(), skip, piece.get().length - skip, UTF_8);
  }

  /** First and last possible key of an execution's pieces. */
  static Bytes firstPiece(ExecutionId execution) {
    return text(pieces(execution));
  }

  static Bytes lastPiece(ExecutionId execution) {
    return text(EXECUTION + execution.value() + AFTER_END);
  }

  static Bytes held(CommandId command) {
    return text(HELD + command.execution().value() + END + command.path());
  }

  /** Of the step whose command is held; a command itself may be large, and is not looked into. */
  static StepPath pathOfHeld(Bytes held) {
    String key = new String(held.get(), UTF_8);
    return new StepPath(key.substring(key.indexOf(END) + 1));
  }

  static Bytes firstHeld(ExecutionId execution) {
    return text(HELD + execution.value() + END);
  }

  static Bytes lastHeld(ExecutionId execution) {
    return text(HELD + execution.value() + AFTER_END);
  }

  static Bytes firstHeld() {
    return text(String.valueOf(HELD));
  }

  static Bytes lastHeld() {
    return text(String.valueOf((char) (HELD + 1)));
  }

  /** Of an execution that is gone, while some of its pieces are still there. */
  static Bytes leftover(ExecutionId execution) {
    return text(LEFTOVER + execution.value());
  }

  static Bytes firstLeftover() {
    return text(String.valueOf(LEFTOVER));
  }

  static Bytes lastLeftover() {
    return text(String.valueOf((char) (LEFTOVER + 1)));
  }

  static ExecutionId executionOfLeftover(Bytes leftover) {
    return new ExecutionId(new String(leftover.get(), 1, leftover.get().length - 1, UTF_8));
  }

  /** Ordered by time: millis since 1970, big-endian, then the execution. */
  static Bytes timer(Instant due, ExecutionId execution) {
    byte[] id = execution.value().getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Long.BYTES + id.length)
            .put((byte) TIMER)
            .putLong(due.toEpochMilli())
            .put(id)
            .array());
  }

  /** Before all timers that are due at or after this time. */
  static Bytes timersFrom(long millis) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Long.BYTES).put((byte) TIMER).putLong(millis).array());
  }

  static Instant dueOf(Bytes timer) {
    return Instant.ofEpochMilli(ByteBuffer.wrap(timer.get(), 1, Long.BYTES).getLong());
  }

  static ExecutionId executionOf(Bytes timer) {
    int skip = 1 + Long.BYTES;
    return new ExecutionId(new String(timer.get(), skip, timer.get().length - skip, UTF_8));
  }

  private static String pieces(ExecutionId execution) {
    return EXECUTION + execution.value() + END;
  }

  private static Bytes text(String text) {
    return Bytes.wrap(text.getBytes(UTF_8));
  }
}
