package io.penstock.orchestrator.stream;

import io.penstock.schema.kafka.TraceParent;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.Input;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.TimerDue;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * The trace of each execution: the context that came with its event, kept beside its state, so that
 * a step after a retry timer is in the same trace as the one before it. Passed on as it is and
 * never extended: a span made here would be another one when the input is decided again.
 *
 * <p>Without tracing nothing is stored, and nothing is looked up but for timers and controls.
 */
final class Traces {
  private Traces() {}

  /**
   * The context for what follows from a transition. To be asked before the transition is written,
   * since that may forget the execution.
   *
   * @param headers of the input
   * @param pieces of the execution as they were before
   */
  static Optional<TraceParent> of(
      Headers headers, Input input, Transition transition, StoredPieces pieces) {
    return switch (input) {
      case EventAccepted ignored -> {
        Optional<TraceParent> given = TraceParent.of(headers);
        // A repeated event has a trace of its own; the execution keeps its first one.
        yield given.isEmpty() || starts(transition) ? given : pieces.trace();
      }
      // Passed on by workers, so one without it belongs to an execution without it.
      case StepOutcome ignored ->
          TraceParent.of(headers).isPresent() ? pieces.trace() : Optional.empty();
      case TimerDue ignored -> pieces.trace();
      case Control ignored -> pieces.trace();
    };
  }

  /** Whether the execution starts with it: then its context is kept. */
  static boolean starts(Transition transition) {
    return transition.decided().facts().stream()
        .anyMatch(fact -> fact instanceof Fact.ExecutionStarted);
  }
}
