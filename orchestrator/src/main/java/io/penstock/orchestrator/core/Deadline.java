package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepError;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The total time of an execution. It passes by the broker's clock, whatever the execution waits
 * for; an operator's pause or a dead letter does not stop it.
 */
final class Deadline {
  /** Says the same for each execution, so that errors can be grouped by what they say. */
  private static final String MESSAGE =
      "the execution had not ended at its deadline; what was open is cancelled";

  private Deadline() {}

  static Optional<Instant> of(Workflow workflow, Instant startedAt) {
    return workflow.deadline().map(startedAt::plus).map(NextRetry::inWholeMillis);
  }

  /**
   * Ends an execution whose time is over, before anything else is decided: so an input counts if
   * the broker had it before the deadline, and does not if it had it then or later, no matter when
   * somebody noticed that the time is over.
   *
   * @param progress asked for only if it is over
   * @return whether this input is the one that ended it
   */
  static boolean enforce(Decision decision, CoreInput input, Supplier<Progress> progress) {
    boolean passed =
        decision
            .state()
            .control()
            .filter(control -> !control.isEnded())
            .flatMap(ExecutionControl::deadline)
            .filter(deadline -> !deadline.isAfter(decision.now()))
            .isPresent();
    if (!passed || input instanceof CoreInput.DecisionFailed) {
      return false; // if this is where the bug is, it must not be met again
    }
    StepError error = new StepError(ErrorType.TIMEOUT, MESSAGE, false);
    if (progress.get().compensations().haveSomething()) {
      progress.get().compensations().overdue(error);
    } else {
      Ending.butRestartable(decision, new Fact.ExecutionFailed(Optional.empty(), error));
    }
    return true;
  }
}
