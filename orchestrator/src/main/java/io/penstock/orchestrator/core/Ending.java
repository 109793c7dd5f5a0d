package io.penstock.orchestrator.core;

import io.penstock.schema.definition.OnFailure;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import java.time.Instant;
import java.util.Optional;

/** The end of an execution, and what becomes of its state. */
final class Ending {
  private Ending() {}

  /** Whether the last step is done, and branches that nobody waits for are at their end too. */
  static boolean isReached(Decision decision) {
    return !decision.isOver()
        && !decision.control().isCompensating()
        && decision.control().open().isNone()
        && decision.state().scope(ScopePath.ROOT).map(Scope::step).orElse(null)
            instanceof StepState.Done;
  }

  static void complete(Decision decision, Workflow workflow, Progress progress) {
    Json output;
    try {
      output =
          workflow.output().isPresent()
              ? new Evaluation(decision, workflow)
                  .render(workflow.output().get(), ScopePath.ROOT, Optional.empty())
              : Json.NULL;
    } catch (ExpressionException e) {
      failedAtTheEnd(
          decision,
          workflow,
          progress,
          StepError.of(ErrorType.EXPRESSION, "output of the workflow: " + e.getMessage()));
      return;
    }
    if (output.sizeBytes() > Limits.OUTPUT_BYTES) {
      failedAtTheEnd(
          decision,
          workflow,
          progress,
          StepError.of(
              ErrorType.TOO_LARGE,
              "the workflow's output has %d bytes, the limit is %d"
                  .formatted(output.sizeBytes(), Limits.OUTPUT_BYTES)));
      return;
    }
    forGood(decision, new Fact.ExecutionCompleted(output));
  }

  /** No step can be replayed for it, so it is not suspended. */
  private static void failedAtTheEnd(
      Decision decision, Workflow workflow, Progress progress, StepError error) {
    if (workflow.onFailure() == OnFailure.COMPENSATE) {
      progress.compensations().failed(Optional.empty(), error);
    } else {
      butRestartable(decision, new Fact.ExecutionFailed(Optional.empty(), error));
    }
  }

  /** Nothing of an execution that completed or was cancelled is needed any more. */
  static void forGood(Decision decision, Fact end) {
    decision.add(end);
    forget(decision);
  }

  /** A failed one can still be restarted from a step, so it stays for a while. */
  static void butRestartable(Decision decision, Fact.ExecutionFailed end) {
    decision.add(end);
    Instant until = decision.now().plus(Limits.FAILED_KEPT);
    decision.add(new Fact.WakeUpSet(decision.control().wakeUp(), Optional.of(until)));
  }

  static void forget(Decision decision) {
    Optional<Instant> wakeUp = decision.control().wakeUp();
    if (wakeUp.isPresent()) {
      decision.add(new Fact.WakeUpSet(wakeUp, Optional.empty()));
    }
    decision.add(new Fact.ExecutionForgotten());
  }
}
