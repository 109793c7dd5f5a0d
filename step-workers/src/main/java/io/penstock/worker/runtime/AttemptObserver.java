package io.penstock.worker.runtime;

import io.penstock.schema.kafka.TraceParent;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.util.Optional;
import java.util.function.Supplier;

/** Sees what the workers of a process do, to measure it. Called by many threads at once. */
public interface AttemptObserver {
  /** Sees nothing. */
  AttemptObserver BLIND =
      new AttemptObserver() {
        @Override
        public StepOutcome attempt(
            StepRequested command, Optional<TraceParent> trace, Supplier<StepOutcome> attempt) {
          return attempt.get();
        }

        @Override
        public void deadLettered(String topic, String reason) {}
      };

  /**
   * Stands around an attempt, on its thread. Not called for a repeated command whose outcome is
   * remembered.
   *
   * @param trace that the command brought
   * @param attempt to be called once; what it throws goes through
   * @return what it returned
   */
  StepOutcome attempt(
      StepRequested command, Optional<TraceParent> trace, Supplier<StepOutcome> attempt);

  /**
   * A command became a dead letter.
   *
   * @param topic of the command
   * @param reason one of {@code DeadLetter}'s
   */
  void deadLettered(String topic, String reason);
}
