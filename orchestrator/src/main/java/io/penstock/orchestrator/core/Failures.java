package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.util.List;
import java.util.Optional;

/** A step whose attempts are used up: somebody catches the error, or {@code onFailure} decides. */
final class Failures {
  private final Decision decision;
  private final Workflow workflow;
  private final Progress progress;

  Failures(Decision decision, Workflow workflow, Progress progress) {
    this.decision = decision;
    this.workflow = workflow;
    this.progress = progress;
  }

  void giveUp(StepPath path, int attempt, StepError error) {
    List<Catch> catches = progress.step(path).catches();
    for (int handler = 0; handler < catches.size(); handler++) {
      if (catches.get(handler).takes(error.type())) {
        caught(path, attempt, error, handler, catches.get(handler).handling());
        return;
      }
    }
    uncaught(path, attempt, error);
  }

  private void caught(
      StepPath path, int attempt, StepError error, int handler, Catch.Handling handling) {
    switch (handling) {
      case Catch.FallbackAction ignored -> {
        decision.add(new Fact.ErrorCaught(path, handler, error));
        progress.enter(path.slot(Workflow.catchSlot(handler)));
      }
      case Catch.FallbackOutput fallback -> {
        Json output;
        try {
          output = progress.render(fallback.output(), path.scope(), Optional.of(error));
        } catch (ExpressionException e) {
          uncaught(
              path,
              attempt,
              StepError.of(
                  ErrorType.EXPRESSION, "output of catch " + handler + ": " + e.getMessage()));
          return;
        }
        if (output.sizeBytes() > Limits.OUTPUT_BYTES) {
          uncaught(path, attempt, outputTooLarge(output));
          return;
        }
        decision.add(new Fact.ErrorCaught(path, handler, error));
        progress.complete(path, output, Optional.empty());
      }
    }
  }

  private void uncaught(StepPath path, int attempt, StepError error) {
    decision.add(new Fact.StepFailed(path, attempt, error));
    switch (workflow.onFailure()) {
      case SUSPEND -> decision.add(new Fact.ExecutionSuspended(Optional.of(path), error));
      case FAIL ->
          Ending.butRestartable(decision, new Fact.ExecutionFailed(Optional.of(path), error));
    }
  }

  static StepError outputTooLarge(Json output) {
    return StepError.of(
        ErrorType.TOO_LARGE,
        "the output has %d bytes, the limit is %d; let the API answer less, or pass a reference"
            .formatted(output.sizeBytes(), Limits.OUTPUT_BYTES));
  }
}
