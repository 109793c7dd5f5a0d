package io.penstock.orchestrator.core;

import io.penstock.schema.message.StepPath;
import java.time.Instant;

/**
 * Entry in an execution's list of steps that are neither done nor waiting for steps inside them.
 *
 * @param due when its timer fires: the retry, the deferral's end, or the safety net of a request;
 *     {@link Instant#MAX} when nothing but an operator can move it
 */
public record OpenStep(StepPath path, Kind kind, Instant due) {
  /** What the step is waiting for. */
  public enum Kind {
    /** An outcome. */
    REQUESTED,
    /** Time. */
    WAITING,
    /** The execution to go on. */
    HELD,
    /** A replay. */
    DEAD
  }
}
