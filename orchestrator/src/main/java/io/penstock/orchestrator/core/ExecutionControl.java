package io.penstock.orchestrator.core;

import io.penstock.schema.message.ExecutionStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept once per execution. Small, and the same size however many steps are at work.
 *
 * @param open how many steps are; which ones, their scopes say
 * @param wakeUp this execution's place in the timer store; never later than the earliest timer, may
 *     be earlier (it is moved forward only when it fires, so that a step without retries writes no
 *     timer)
 */
public record ExecutionControl(
    String workflow, String version, Phase phase, OpenSteps open, Optional<Instant> wakeUp) {

  static ExecutionControl started(String workflow, String version) {
    return new ExecutionControl(
        workflow, version, new Phase.Active(), OpenSteps.NONE, Optional.empty());
  }

  ExecutionControl with(Phase next) {
    return new ExecutionControl(workflow, version, next, open, wakeUp);
  }

  ExecutionControl with(OpenSteps counts) {
    return new ExecutionControl(workflow, version, phase, counts, wakeUp);
  }

  ExecutionControl withWakeUp(Optional<Instant> at) {
    return new ExecutionControl(workflow, version, phase, open, at);
  }

  ExecutionControl ended(ExecutionStatus status) {
    return new ExecutionControl(workflow, version, new Phase.Ended(status), OpenSteps.NONE, wakeUp);
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
