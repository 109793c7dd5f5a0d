package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Template;
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
 * to the catches of the workflow, and to {@code onFailure}.
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
    Caught failed = new Caught(error, Optional.of(path), attempt);
    caught(path, progress.step(path).catches(), failed, List.of())
        .flatMap(uncaught -> climb(path, uncaught))
        .ifPresent(uncaught -> dies(path, uncaught));
  }

  /**
   * What a catch with several steps was to leave cannot be made: its step fails, and none of its
   * catches is asked again. A replay would do what is done already once more, and come to the same
   * end; so the execution is not suspended for it.
   */
  private void handlingFailed(StepPath path, Caught handled, StepError error) {
    if (WorkflowHandlers.isWhole(path)) {
      progress.handlers().fails(new Caught(error, Optional.empty(), 0));
      return;
    }
    Optional<Caught> uncaught =
        climb(path, new Caught(error, Optional.of(path), handled.attempt()));
    if (uncaught.isPresent()) {
      decision.add(new Fact.StepFailed(path, handled.attempt(), uncaught.get().error()));
      progress.handlers().fails(uncaught.get());
    }
  }

  /**
   * Through what is around the step, and the workflow's catches.
   *
   * @return what nobody took
   */
  private Optional<Caught> climb(StepPath path, Caught uncaught) {
    Optional<Caught> climbing = Optional.of(uncaught);
    ScopePath here = path.scope();
    while (climbing.isPresent() && here.owner().isPresent()) {
      climbing = through(here, climbing.get());
      here = here.owner().get().scope();
    }
    return climbing.flatMap(
        error ->
            caught(
                Workflow.WHOLE,
                progress.handlers().catchesFor(path),
                error,
                List.of(ScopePath.ROOT)));
  }

  /**
   * An error leaves a scope.
   *
   * @return what goes on from the step around it; empty if nothing does
   */
  private Optional<Caught> through(ScopePath scope, Caught failed) {
    StepPath owner = scope.owner().orElseThrow();
    if (WorkflowHandlers.isWhole(owner) || Workflow.isCatchSlot(scope.slot())) {
      return Optional.of(
          failed); // no second catch takes what the handling of the first one fails of
    }
    return switch (progress.step(owner).action()) {
      case Action.Work ignored -> Optional.of(failed); // a route's catches are about its choice
      case Action.Wait ignored -> Optional.of(failed); // has nothing inside
      case Action.Parallel parallel ->
          progress.forks().absorbs(owner, parallel, scope, failed.error())
              ? Optional.empty()
              : caught(
                  owner,
                  progress.step(owner).catches(),
                  failed,
                  progress.forks().atWork(owner, parallel));
      case Action.Foreach foreach ->
          progress.rounds().absorbs(owner, foreach, scope, failed.error())
              ? Optional.empty()
              : caught(
                  owner, progress.step(owner).catches(), failed, progress.rounds().atWork(owner));
    };
  }

  /**
   * Hands an error to the catches of a step, or of the workflow.
   *
   * @param dropped what runs inside the step, if one takes it
   * @return empty if one took it; otherwise the error to go on with
   */
  private Optional<Caught> caught(
      StepPath path, List<Catch> catches, Caught failed, List<ScopePath> dropped) {
    for (int handler = 0; handler < catches.size(); handler++) {
      if (catches.get(handler).takes(failed.error().type())) {
        return switch (catches.get(handler).handling()) {
          case Catch.FallbackOutput fallback -> output(path, failed, handler, fallback, dropped);
          case Catch.FallbackAction ignored -> steps(path, failed, handler, dropped);
          case Catch.FallbackSteps ignored -> steps(path, failed, handler, dropped);
        };
      }
    }
    return Optional.of(failed);
  }

  private Optional<Caught> steps(
      StepPath path, Caught failed, int handler, List<ScopePath> dropped) {
    take(path, failed, handler, dropped);
    progress.enter(path.slot(Workflow.catchSlot(handler)));
    return Optional.empty();
  }

  private Optional<Caught> output(
      StepPath path,
      Caught failed,
      int handler,
      Catch.FallbackOutput fallback,
      List<ScopePath> dropped) {
    Json output;
    try {
      output = rendered(fallback.output(), path.scope(), failed, handler);
    } catch (Unmakeable e) {
      return Optional.of(failed.with(e.error()));
    }
    take(path, failed, handler, dropped);
    progress.complete(path, output, Optional.empty());
    return Optional.empty();
  }

  /** The last step that handles a failure is done. */
  void handled(StepPath owner, ScopePath scope, StepPath last) {
    List<Catch> catches =
        WorkflowHandlers.isWhole(owner)
            ? workflow.handlers().catches()
            : progress.step(owner).catches();
    Optional<Template> template =
        Workflow.inSlot(catches, scope.slot())
            .map(Catch::handling)
            .filter(Catch.FallbackSteps.class::isInstance)
            .flatMap(steps -> ((Catch.FallbackSteps) steps).output());
    if (template.isEmpty()) {
      progress.complete(owner, Json.NULL, Optional.of(last));
      return;
    }
    Caught failed = new Context(decision.state(), workflow).caughtAround(scope).orElseThrow();
    int handler = Workflow.handlerOf(scope.slot());
    Json output;
    try {
      output = rendered(template.get(), scope, failed, handler);
    } catch (Unmakeable e) {
      handlingFailed(owner, failed, e.error());
      return;
    }
    progress.complete(owner, output, Optional.empty());
  }

  private Json rendered(Template template, ScopePath scope, Caught failed, int handler)
      throws Unmakeable {
    Json output;
    try {
      output = progress.evaluation().render(template, scope, Optional.of(failed));
    } catch (ExpressionException e) {
      throw new Unmakeable(
          StepError.of(ErrorType.EXPRESSION, "output of catch " + handler + ": " + e.getMessage()));
    }
    if (output.sizeBytes() > Limits.OUTPUT_BYTES) {
      throw new Unmakeable(outputTooLarge(output));
    }
    return output;
  }

  private void take(StepPath path, Caught failed, int handler, List<ScopePath> dropped) {
    if (WorkflowHandlers.isWhole(path) && failed.step().isPresent()) {
      decision.add(new Fact.StepFailed(failed.step().get(), failed.attempt(), failed.error()));
    }
    Caught noted = failed;
    if (!dropped.isEmpty()) {
      noted = new Context(decision.state(), workflow).noted(failed, path.scope());
      decision.add(new Fact.ScopesCancelled(dropped));
    }
    decision.add(
        new Fact.ErrorCaught(
            path,
            handler,
            noted.error(),
            noted.step().filter(step -> !step.equals(path)),
            Optional.of(noted.attempt()),
            noted.around().map(Caught::handled)));
  }

  private void dies(StepPath path, Caught failed) {
    decision.add(new Fact.StepFailed(path, failed.attempt(), failed.error()));
    switch (workflow.onFailure()) {
      case SUSPEND -> decision.add(new Fact.ExecutionSuspended(Optional.of(path), failed.error()));
      case COMPENSATE -> progress.compensations().failed(Optional.of(path), failed.error());
      case FAIL -> progress.handlers().fails(failed);
    }
  }

  static StepError outputTooLarge(Json output) {
    return StepError.of(
        ErrorType.TOO_LARGE,
        "the output has %d bytes, the limit is %d; let the API answer less, or pass a reference"
            .formatted(output.sizeBytes(), Limits.OUTPUT_BYTES));
  }

  /** An output that cannot be given, and the error that its step fails of instead. */
  private static final class Unmakeable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient StepError error;

    Unmakeable(StepError error) {
      super(error.message(), null, false, false);
      this.error = error;
    }

    StepError error() {
      return error;
    }
  }
}
