package io.penstock.schema.message;

/** How an execution stands, as people see it; {@code docs/architecture.md} has the verbs. */
public enum ExecutionStatus {
  RUNNING,
  /** For a timer or a deferral; until when stands beside it. */
  WAITING,
  PAUSED,
  /** A step is a dead letter, or a bug of ours was met; state is kept until a replay or cancel. */
  SUSPENDED,
  /** What had completed is being undone. */
  COMPENSATING,
  /** A compensation failed for good; an operator must say what is to become of it. */
  FAILED_TO_COMPENSATE,
  COMPLETED,
  CANCELLED,
  FAILED,
  /** What had completed has been undone. */
  COMPENSATED;

  /** Whether nothing will happen any more by itself or by replay. */
  public boolean isEnd() {
    return this == COMPLETED || this == CANCELLED || this == FAILED || this == COMPENSATED;
  }
}
