package io.penstock.console.projection;

import io.penstock.schema.message.ExecutionStatus;
import java.time.Duration;

/** Is told what was projected, to measure it. Called on the projection's thread. */
public interface ProjectionObserver {
  /** Sees nothing. */
  ProjectionObserver BLIND =
      new ProjectionObserver() {
        @Override
        public void ended(String workflow, ExecutionStatus status, Duration took) {}

        @Override
        public void stepEnded(String workflow, String kind, String status, Duration took) {}

        @Override
        public void deadLettered(String topic, String reason) {}
      };

  /**
   * The rows of an execution that has ended are committed.
   *
   * @param took from its first to its last input, by the broker's clock
   */
  void ended(String workflow, ExecutionStatus status, Duration took);

  /**
   * The row of a step that has ended is committed.
   *
   * @param kind as in its row: of a worker's step, {@code parallel} or {@code foreach}
   * @param status one of an end, by its name
   * @param took from its first request, with all attempts and all waiting, by the broker's clock
   */
  void stepEnded(String workflow, String kind, String status, Duration took);

  /**
   * A record became a dead letter.
   *
   * @param topic of the record
   * @param reason one of {@code DeadLetter}'s
   */
  void deadLettered(String topic, String reason);
}
