package io.penstock.orchestrator.core;

import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.StepError;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept once per execution. Small, and the same size however many steps are at work.
 *
 * @param open how many steps are; which ones, their scopes say
 * @param wakeUp this execution's place in the timer store; never later than the earliest timer, may
 *     be earlier (it is moved forward only when it fires, so that a step without retries writes no
 *     timer)
 * @param deadline when it fails if it has not ended; empty: never
 * @param compensations what could be undone, or is
 */
public record ExecutionControl(
    String workflow,
    String version,
    Phase phase,
    OpenSteps open,
    Optional<Instant> wakeUp,
    Optional<Instant> deadline,
    CompensationList compensations) {

  /** Without a deadline, and with nothing to undo. */
  public ExecutionControl(
      String workflow, String version, Phase phase, OpenSteps open, Optional<Instant> wakeUp) {
    this(workflow, version, phase, open, wakeUp, Optional.empty());
  }

  /** With nothing to undo. */
  public ExecutionControl(
      String workflow,
      String version,
      Phase phase,
      OpenSteps open,
      Optional<Instant> wakeUp,
      Optional<Instant> deadline) {
    this(workflow, version, phase, open, wakeUp, deadline, CompensationList.NONE);
  }

  static ExecutionControl started(String workflow, String version, Optional<Instant> deadline) {
    return new ExecutionControl(
        workflow, version, new Phase.Active(), OpenSteps.NONE, Optional.empty(), deadline);
  }

  ExecutionControl with(Phase next) {
    return new ExecutionControl(workflow, version, next, open, wakeUp, deadline, compensations);
  }

  ExecutionControl withVersion(String other) {
    return new ExecutionControl(workflow, other, phase, open, wakeUp, deadline, compensations);
  }

  ExecutionControl broken(StepError error) {
    return with(new Phase.Broken(error, phase instanceof Phase.Paused));
  }

  ExecutionControl with(OpenSteps counts) {
    return new ExecutionControl(workflow, version, phase, counts, wakeUp, deadline, compensations);
  }

  ExecutionControl withWakeUp(Optional<Instant> at) {
    return new ExecutionControl(workflow, version, phase, open, at, deadline, compensations);
  }

  ExecutionControl with(CompensationList list) {
    return new ExecutionControl(workflow, version, phase, open, wakeUp, deadline, list);
  }

  /** Undoing has begun; however long it takes, no deadline cuts it off. */
  ExecutionControl compensating() {
    return new ExecutionControl(
        workflow, version, phase, open, wakeUp, Optional.empty(), compensations.begun());
  }

  ExecutionControl ended(ExecutionStatus status) {
    return new ExecutionControl(
        workflow,
        version,
        new Phase.Ended(status),
        OpenSteps.NONE,
        wakeUp,
        deadline,
        compensations);
  }

  public boolean isEnded() {
    return phase instanceof Phase.Ended;
  }

  /** Nothing fires then: a timer whose decision met the bug would meet it at every tick. */
  boolean isBroken() {
    return phase instanceof Phase.Broken;
  }

  boolean mayRequest() {
    return phase instanceof Phase.Active;
  }

  /** As people see it. */
  public ExecutionStatus status() {
    return switch (phase) {
      case Phase.Ended ended -> ended.status();
      case Phase.Paused ignored -> ExecutionStatus.PAUSED;
      case Phase.Broken ignored -> ExecutionStatus.SUSPENDED;
      case Phase.Active ignored -> statusOfOpenSteps();
    };
  }

  boolean isCompensating() {
    return compensations.underWay();
  }

  private ExecutionStatus statusOfOpenSteps() {
    if (isCompensating()) {
      return open.isAllDead() ? ExecutionStatus.FAILED_TO_COMPENSATE : ExecutionStatus.COMPENSATING;
    }
    if (open.requested() > 0) {
      return ExecutionStatus.RUNNING;
    }
    if (open.waiting() > 0) {
      return ExecutionStatus.WAITING;
    }
    return open.dead() > 0 ? ExecutionStatus.SUSPENDED : ExecutionStatus.RUNNING;
  }
}
