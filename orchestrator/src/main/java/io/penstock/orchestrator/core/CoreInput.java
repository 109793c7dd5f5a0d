package io.penstock.orchestrator.core;

import io.penstock.schema.message.Control;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.TimerDue;

/** What one execution has to decide on: an input of the log, split by execution. */
public sealed interface CoreInput {

  /**
   * One of the starts of an accepted event.
   *
   * @param seenBefore whether the event, not the execution, was met before: a redelivery starts
   *     nothing, even if somebody subscribed in between
   */
  record StartRequested(EventAccepted event, EventAccepted.Start start, boolean seenBefore)
      implements CoreInput {}

  record OutcomeReceived(StepOutcome outcome) implements CoreInput {}

  record TimerFired(TimerDue timer) implements CoreInput {}

  /**
   * @param seenBefore whether a wish with this id was met before
   */
  record ControlReceived(Control control, boolean seenBefore) implements CoreInput {}

  /**
   * Deciding an input of this execution met a bug; that input is a dead letter.
   *
   * @param input that one
   */
  record DecisionFailed(String reason, CoreInput input) implements CoreInput {}
}
