package io.penstock.orchestrator.core;

import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is kept once per execution. Small by construction: its list holds open steps only, of which
 * a bounded number is open at a time.
 *
 * @param open in the order in which they opened
 * @param wakeUp this execution's place in the timer store; never later than the earliest timer, may
 *     be earlier (it is moved forward only when it fires, so that a step without retries writes no
 *     timer)
 */
public record ExecutionControl(
    String workflow, String version, Phase phase, List<OpenStep> open, Optional<Instant> wakeUp) {
  public ExecutionControl {
    open = List.copyOf(open);
  }

  static ExecutionControl started(String workflow, String version) {
    return new ExecutionControl(workflow, version, new Phase.Active(), List.of(), Optional.empty());
  }

  ExecutionControl with(Phase next) {
    return new ExecutionControl(workflow, version, next, open, wakeUp);
  }

  ExecutionControl withWakeUp(Optional<Instant> at) {
    return new ExecutionControl(workflow, version, phase, open, at);
  }

  ExecutionControl withOpen(OpenStep step) {
    List<OpenStep> next = new ArrayList<>(open);
    next.removeIf(other -> other.path().equals(step.path()));
    next.add(step);
    return new ExecutionControl(workflow, version, phase, next, wakeUp);
  }

  ExecutionControl withoutOpen(StepPath path) {
    return new ExecutionControl(
        workflow,
        version,
        phase,
        open.stream().filter(step -> !step.path().equals(path)).toList(),
        wakeUp);
  }

  ExecutionControl ended(ExecutionStatus status) {
    return new ExecutionControl(workflow, version, new Phase.Ended(status), List.of(), wakeUp);
  }

  boolean isEnded() {
    return phase instanceof Phase.Ended;
  }

  /** Nothing fires then: a timer whose decision met the bug would meet it at every tick. */
  boolean isBroken() {
    return phase instanceof Phase.Broken;
  }

  boolean mayRequest() {
    return phase instanceof Phase.Active;
  }

  List<OpenStep> open(OpenStep.Kind kind) {
    return open.stream().filter(step -> step.kind() == kind).toList();
  }

  /** The steps whose timers have run out, earliest first. */
  List<OpenStep> dueAt(Instant now) {
    return open.stream()
        .filter(step -> !step.due().isAfter(now))
        .sorted(Comparator.comparing(OpenStep::due))
        .toList();
  }

  Optional<Instant> earliestTimer() {
    return open.stream()
        .map(OpenStep::due)
        .filter(due -> due.isBefore(Instant.MAX))
        .min(Comparator.naturalOrder());
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

  /** Until when it waits at the latest, if waiting is all it does. */
  public Optional<Instant> waitingUntil() {
    return status() == ExecutionStatus.WAITING
        ? open(OpenStep.Kind.WAITING).stream().map(OpenStep::due).min(Comparator.naturalOrder())
        : Optional.empty();
  }

  private ExecutionStatus statusOfOpenSteps() {
    if (!open(OpenStep.Kind.REQUESTED).isEmpty()) {
      return ExecutionStatus.RUNNING;
    }
    if (!open(OpenStep.Kind.WAITING).isEmpty()) {
      return ExecutionStatus.WAITING;
    }
    return open(OpenStep.Kind.DEAD).isEmpty() ? ExecutionStatus.RUNNING : ExecutionStatus.SUSPENDED;
  }
}
