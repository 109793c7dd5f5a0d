package io.penstock.schema.definition;

/** What becomes of an execution when a step has failed and nothing caught it. */
public enum OnFailure {
  /**
   * The step becomes a dead letter, the execution waits for its replay. The default where no step
   * has a compensation.
   */
  SUSPEND,
  /** The execution ends as {@code FAILED}. */
  FAIL,
  /** What has completed is compensated. The default where a step has a compensation. */
  COMPENSATE
}
