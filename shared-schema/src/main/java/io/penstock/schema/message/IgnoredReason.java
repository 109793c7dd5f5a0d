package io.penstock.schema.message;

/** Why an input changed nothing. */
public enum IgnoredReason {
  /** The event was accepted before; the executions it started stand. */
  DUPLICATE_EVENT,
  /** The operator's wish was met before under the same id. */
  DUPLICATE_CONTROL,
  /** The event is older than the deduplication window, so a repetition could not be recognised. */
  TOO_OLD,
  /** No such execution here: never started, or ended and forgotten. */
  UNKNOWN_EXECUTION,
  /** The execution has ended, or the step has its outcome already. */
  ALREADY_DECIDED,
  /** A failure or deferral of an attempt or delivery that is no longer the current one. */
  STALE_ATTEMPT,
  /** The step does not wait for this, e.g. an outcome for a step that was never requested. */
  NOT_EXPECTED,
  /** The verb does not apply to an execution in this status. */
  NOT_APPLICABLE,
  /** Nothing was due: the timer moved or fired before. */
  NOT_DUE
}
