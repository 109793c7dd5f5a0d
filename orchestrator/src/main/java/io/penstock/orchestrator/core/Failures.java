package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.util.List;
import java.util.Optional;

/**
 * A step whose attempts are used up. Its own catches come first. An error that they do not take
 * climbs: through the steps around, of which a parallel or foreach may put up with it or catch it,
 * to {@code onFailure}.
 */
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
    if (Compensations.isOne(path)) {
      progress.compensations().died(path, attempt, error);
      return;
    }
    if (decision.control().isCompensating()) {
      progress.compensations().drop(path);
      return;
    }
    Optional<StepError> climbing = caught(path, error, List.of());
    ScopePath here = path.scope();
    while (climbing.isPresent() && here.owner().isPresent()) {
      climbing = through(here, climbing.get());
      here = here.owner().get().scope();
    }
    climbing.ifPresent(uncaught -> dies(path, attempt, uncaught));
  }

  /**
   * An error leaves a scope.
   *
   * @return what goes on from the step around it; empty if nothing does
   */
  private Optional<StepError> through(ScopePath scope, StepError error) {
    StepPath owner = scope.owner().orElseThrow();
    if (Workflow.isCatchSlot(scope.slot())) {
      return Optional.of(
          error); // no second catch takes what the handling of the first one fails of
    }
    return switch (progress.step(owner).action()) {
      case Action.Work ignored -> Optional.of(error); // a route's catches are about its choice
      case Action.Parallel parallel ->
          progress.forks().absorbs(owner, parallel, scope, error)
              ? Optional.empty()
              : caught(owner, error, progress.forks().atWork(owner, parallel));
      case Action.Foreach foreach ->
          progress.rounds().absorbs(owner, foreach, scope, error)
              ? Optional.empty()
              : caught(owner, error, progress.rounds().atWork(owner));
    };
  }

  /**
   * Hands an error to the catches of a step.
   *
   * @param dropped what runs inside the step, if one takes it
   * @return empty if one took it; otherwise the error to go on with
   */
  private Optional<StepError> caught(StepPath path, StepError error, List<ScopePath> dropped) {
    List<Catch> catches = progress.step(path).catches();
    for (int handler = 0; handler < catches.size(); handler++) {
      if (catches.get(handler).takes(error.type())) {
        return switch (catches.get(handler).handling()) {
          case Catch.FallbackAction ignored -> {
            take(path, error, handler, dropped);
            progress.enter(path.slot(Workflow.catchSlot(handler)));
            yield Optional.empty();
          }
          case Catch.FallbackOutput fallback -> output(path, error, handler, fallback, dropped);
        };
      }
    }
    return Optional.of(error);
  }

  private Optional<StepError> output(
      StepPath path,
      StepError error,
      int handler,
      Catch.FallbackOutput fallback,
      List<ScopePath> dropped) {
    Json output;
    try {
      output = progress.evaluation().render(fallback.output(), path.scope(), Optional.of(error));
    } catch (ExpressionException e) {
      return Optional.of(
          StepError.of(ErrorType.EXPRESSION, "output of catch " + handler + ": " + e.getMessage()));
    }
    if (output.sizeBytes() > Limits.OUTPUT_BYTES) {
      return Optional.of(outputTooLarge(output));
    }
    take(path, error, handler, dropped);
    progress.complete(path, output, Optional.empty());
    return Optional.empty();
  }

  private void take(StepPath path, StepError error, int handler, List<ScopePath> dropped) {
    if (!dropped.isEmpty()) {
      decision.add(new Fact.ScopesCancelled(dropped));
    }
    decision.add(new Fact.ErrorCaught(path, handler, error));
  }

  private void dies(StepPath path, int attempt, StepError error) {
    decision.add(new Fact.StepFailed(path, attempt, error));
    switch (workflow.onFailure()) {
      case SUSPEND -> decision.add(new Fact.ExecutionSuspended(Optional.of(path), error));
      case COMPENSATE -> progress.compensations().failed(Optional.of(path), error);
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
