package io.penstock.schema.message;

/** How an execution stands, as people see it; {@code docs/architecture.md} has the verbs. */
public enum ExecutionStatus {
  RUNNING,
  /** For a timer or a deferral; until when stands beside it. */
  WAITING,
  PAUSED,
  /** A step is a dead letter, or a bug of ours was met; state is kept until a replay or cancel. */
  SUSPENDED,
  COMPLETED,
  CANCELLED,
  FAILED;

  /** Whether nothing will happen any more by itself or by replay. */
  public boolean isEnd() {
    return this == COMPLETED || this == CANCELLED || this == FAILED;
  }
}
