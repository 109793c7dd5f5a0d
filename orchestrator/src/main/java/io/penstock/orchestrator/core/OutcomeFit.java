package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.StepOutcome;
import java.util.Optional;

/**
 * Whether an outcome counts. Exactly one does per step: a success of any attempt while the step is
 * open, or the failure of its last attempt.
 */
final class OutcomeFit {
  private OutcomeFit() {}

  /**
   * @return why the outcome changes nothing; empty if it counts
   */
  static Optional<IgnoredReason> refusal(
      ExecutionState state, Workflow workflow, StepOutcome outcome) {
    CommandId command = outcome.command();
    if (workflow.step(command.path()).filter(OutcomeFit::isDecidedHere).isPresent()) {
      return Optional.of(IgnoredReason.NOT_EXPECTED);
    }
    Optional<StepState> current = Steps.current(state, command.path());
    if (current.isEmpty()) {
      return Optional.of(
          state.output(command.path()).isPresent()
              ? IgnoredReason.ALREADY_DECIDED
              : IgnoredReason.NOT_EXPECTED);
    }
    Optional<Try> open =
        current.get() instanceof StepState.Dead ? Optional.empty() : Steps.tryOf(current.get());
    if (open.isEmpty()) {
      return Optional.of(IgnoredReason.ALREADY_DECIDED);
    }
    if (command.generation() != open.get().generation()) {
      return Optional.of(IgnoredReason.STALE_ATTEMPT);
    }
    if (command.attempt() > lastRequested(current.get(), open.get())) {
      return Optional.of(IgnoredReason.NOT_EXPECTED);
    }
    boolean awaited = awaits(state, command);
    return switch (outcome.result()) {
      case StepOutcome.Succeeded ignored -> Optional.empty();
      case StepOutcome.Failed ignored ->
          awaited ? Optional.empty() : Optional.of(IgnoredReason.STALE_ATTEMPT);
      case StepOutcome.Deferred ignored ->
          awaited && command.delivery() == open.get().delivery()
              ? Optional.empty()
              : Optional.of(IgnoredReason.STALE_ATTEMPT);
    };
  }

  /** No worker was ever asked to do a parallel, a foreach or a wait. */
  private static boolean isDecidedHere(Step step) {
    return switch (step.action()) {
      case Action.Parallel ignored -> true;
      case Action.Foreach ignored -> true;
      case Action.Wait ignored -> true;
      case Action.Work ignored -> false;
    };
  }

  /** Whether the command's attempt is the one that is out, so that its failure counts. */
  static boolean awaits(ExecutionState state, CommandId command) {
    return Steps.current(state, command.path()).orElse(null)
            instanceof StepState.Requested requested
        && requested.current().attempt() == command.attempt();
  }

  /** The number of the last attempt that went out; 0 if none did yet. */
  private static int lastRequested(StepState step, Try open) {
    boolean wentOut = step instanceof StepState.Requested || open.delivery() > 1;
    return wentOut ? open.attempt() : open.attempt() - 1;
  }
}
