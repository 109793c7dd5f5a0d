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
 */
public record ExecutionControl(
    String workflow,
    String version,
    Phase phase,
    OpenSteps open,
    Optional<Instant> wakeUp,
    Optional<Instant> deadline) {

  /** Without a deadline. */
  public ExecutionControl(
      String workflow, String version, Phase phase, OpenSteps open, Optional<Instant> wakeUp) {
    this(workflow, version, phase, open, wakeUp, Optional.empty());
  }

  static ExecutionControl started(String workflow, String version, Optional<Instant> deadline) {
    return new ExecutionControl(
        workflow, version, new Phase.Active(), OpenSteps.NONE, Optional.empty(), deadline);
  }

  ExecutionControl with(Phase next) {
    return new ExecutionControl(workflow, version, next, open, wakeUp, deadline);
  }

  ExecutionControl withVersion(String other) {
    return new ExecutionControl(workflow, other, phase, open, wakeUp, deadline);
  }

  ExecutionControl broken(StepError error) {
    return with(new Phase.Broken(error, phase instanceof Phase.Paused));
  }

  ExecutionControl with(OpenSteps counts) {
    return new ExecutionControl(workflow, version, phase, counts, wakeUp, deadline);
  }

  ExecutionControl withWakeUp(Optional<Instant> at) {
    return new ExecutionControl(workflow, version, phase, open, at, deadline);
  }

  ExecutionControl ended(ExecutionStatus status) {
    return new ExecutionControl(
        workflow, version, new Phase.Ended(status), OpenSteps.NONE, wakeUp, deadline);
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

  private ExecutionStatus statusOfOpenSteps() {
    if (open.requested() > 0) {
      return ExecutionStatus.RUNNING;
    }
    if (open.waiting() > 0) {
      return ExecutionStatus.WAITING;
    }
    return open.dead() > 0 ? ExecutionStatus.SUSPENDED : ExecutionStatus.RUNNING;
  }
}
