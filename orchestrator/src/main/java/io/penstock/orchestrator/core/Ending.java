package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The end of an execution, and what becomes of its state. */
final class Ending {
  private static final List<List<String>> WHOLE_OUTPUT = List.of(List.of());

  private Ending() {}

  /** Whether the last step is done, and branches that nobody waits for are at their end too. */
  static boolean isReached(Decision decision) {
    return !decision.isOver()
        && !decision.control().isCompensating()
        && decision.control().open().isNone()
        && decision.state().scope(ScopePath.ROOT).map(Scope::step).orElse(null)
            instanceof StepState.Done;
  }

  /** After {@code finally}, where there is one. */
  static void complete(Decision decision, Workflow workflow, Progress progress) {
    Result result = result(decision, workflow);
    if (result.error().isPresent()) {
      progress.handlers().fails(new Caught(result.error().get(), Optional.empty(), 0));
    } else if (!progress.handlers().completes()) {
      forGood(decision, new Fact.ExecutionCompleted(result.output()));
    }
  }

  /** The output is made again: what it is made of has not changed meanwhile. */
  static void completeNow(Decision decision, Workflow workflow, Progress progress) {
    Result result = result(decision, workflow);
    if (result.error().isPresent()) {
      progress.handlers().end(new Caught(result.error().get(), Optional.empty(), 0));
    } else {
      forGood(decision, new Fact.ExecutionCompleted(result.output()));
    }
  }

  /** What an execution gives, or why it cannot. */
  private record Result(Json output, Optional<StepError> error) {
    static Result failed(ErrorType type, String message) {
      return new Result(Json.NULL, Optional.of(StepError.of(type, message)));
    }
  }

  private static Result result(Decision decision, Workflow workflow) {
    Json output;
    try {
      output = output(decision, workflow);
    } catch (ExpressionException e) {
      return Result.failed(ErrorType.EXPRESSION, "output of the workflow: " + e.getMessage());
    }
    return output.sizeBytes() > Limits.OUTPUT_BYTES
        ? Result.failed(
            ErrorType.TOO_LARGE,
            "the workflow's output has %d bytes, the limit is %d"
                .formatted(output.sizeBytes(), Limits.OUTPUT_BYTES))
        : new Result(output, Optional.empty());
  }

  /** That of a catch of the workflow, if one has taken a failure. */
  private static Json output(Decision decision, Workflow workflow) throws ExpressionException {
    if (decision.state().output(Workflow.WHOLE).isPresent()) {
      Outputs outputs = new Outputs(decision.state());
      if (outputs.storedBytes(Workflow.WHOLE, WHOLE_OUTPUT, Limits.GATHERED_BYTES)
          > Limits.GATHERED_BYTES) {
        throw new ExpressionException(
            "what its catch puts together has more than %d bytes".formatted(Limits.GATHERED_BYTES));
      }
      return Json.of(outputs.of(Workflow.WHOLE, WHOLE_OUTPUT));
    }
    return workflow.output().isPresent()
        ? new Evaluation(decision, workflow)
            .render(workflow.output().get(), ScopePath.ROOT, Optional.empty())
        : Json.NULL;
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
