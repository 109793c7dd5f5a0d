package io.penstock.orchestrator.stream;

import io.penstock.schema.Topic;
import io.penstock.schema.message.HistoryRecord;
import java.time.Duration;

/**
 * Is told what the shell does, to count it. Called by stream threads for each record, so it does
 * not wait. It must not throw either; if it does, nothing but the figures suffers ({@link
 * HarmlessObserver}).
 *
 * <p>Told before the transaction commits. What an aborted one decided is decided again: where the
 * same process does that, it is told once ({@link ObservedOffsets}); where another one takes over,
 * both are told.
 */
public interface StreamObserver {
  /** Sees nothing. */
  StreamObserver BLIND =
      new StreamObserver() {
        @Override
        public void decided(HistoryRecord transition) {}

        @Override
        public void deadLettered(Topic original, String reason) {}

        @Override
        public void timersDue(int partition, int atLeast, Duration latest) {}

        @Override
        public void failed() {}
      };

  /** A transition was written; commits with the next transaction. */
  void decided(HistoryRecord transition);

  /**
   * A dead letter was written.
   *
   * @param original topic whose letter it is
   * @param reason one of {@code DeadLetter}'s, or the id of an error type
   */
  void deadLettered(Topic original, String reason);

  /**
   * What the last look at a partition's timers found.
   *
   * @param atLeast due and not decided on; more than a look takes in are not counted
   * @param latest by how much the eldest of them is overdue
   */
  void timersDue(int partition, int atLeast, Duration latest);

  /** One of the other calls ended with an exception; what it was to count is not counted. */
  void failed();
}
