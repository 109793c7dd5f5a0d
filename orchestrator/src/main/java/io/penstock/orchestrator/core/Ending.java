package io.penstock.orchestrator.core;

import io.penstock.schema.message.Fact;
import java.time.Instant;
import java.util.Optional;

/** What becomes of an execution's state at its end. */
final class Ending {
  private Ending() {}

  /** Nothing of an execution that completed or was cancelled is needed any more. */
  static void forGood(Decision decision, Fact end) {
    decision.add(end);
    forget(decision);
  }

  /** A failed one can still be restarted from a step, so it stays for a while. */
  static void butRestartable(Decision decision, Fact.ExecutionFailed end) {
    decision.add(end);
    Instant until = decision.now().plus(Limits.FAILED_KEPT);
    decision.add(new Fact.WakeUpSet(decision.control().wakeUp(), Optional.of(until)));
  }

  static void forget(Decision decision) {
    Optional<Instant> wakeUp = decision.control().wakeUp();
    if (wakeUp.isPresent()) {
      decision.add(new Fact.WakeUpSet(wakeUp, Optional.empty()));
    }
    decision.add(new Fact.ExecutionForgotten());
  }
}
