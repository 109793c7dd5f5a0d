package io.penstock.simulator.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.DurationText;
import io.penstock.schema.definition.OnFailure;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Goes through lists of steps, one after the other, as the language says. */
final class Interpreter {
  private static final long FIRST = 1;

  private final Workflow workflow;
  private final Calls calls;
  private final Handling handling;
  private final Together together;
  private final EachItem eachItem;

  Interpreter(Workflow workflow, Script script) {
    this.workflow = workflow;
    this.calls = new Calls(this, script);
    this.handling = new Handling(this);
    this.together = new Together(this);
    this.eachItem = new EachItem(this);
  }

  Handling handling() {
    return handling;
  }

  Calls calls() {
    return calls;
  }

  /**
   * A list of steps gone through.
   *
   * @param end what can be seen behind the last of them that may have completed
   */
  record Walk(Outcome outcome, Sight end) {}

  Outcome steps(List<Step> steps, ScopePath scope, Sight sight, Around around, Trace trace) {
    return walk(steps, scope, sight, here -> around, trace).outcome();
  }

  /**
   * @param around by what can be seen in this list when the failure leaves it
   */
  Walk walk(
      List<Step> steps, ScopePath scope, Sight sight, Function<Sight, Around> around, Trace trace) {
    Outcome all = Outcome.completed(null);
    Sight here = sight;
    for (Step step : steps) {
      Outcome one =
          step(
              step,
              scope.step(step.id()),
              here,
              around.apply(here),
              trace.perhapsUnless(all.surelyCompletes()));
      all = all.then(one);
      if (!one.completes()) {
        break;
      }
      here = here.withStep(step.id(), one.output());
    }
    return new Walk(all, here);
  }

  private Outcome step(Step step, StepPath path, Sight sight, Around around, Trace trace) {
    return switch (step.action()) {
      case Action.Work work -> calls.call(step, work, path, sight, around, trace);
      case Action.Wait wait -> waiting(step, wait, path, sight, around, trace);
      case Action.Parallel parallel -> together.go(step, parallel, path, sight, around, trace);
      case Action.Foreach foreach -> eachItem.go(step, foreach, path, sight, around, trace);
    };
  }

  private Outcome waiting(
      Step step, Action.Wait wait, StepPath path, Sight sight, Around around, Trace trace) {
    boolean isTime;
    try {
      Object time = sight.output(wait.time());
      isTime = time instanceof String text && DurationText.parse(text).isPresent();
    } catch (ExpressionException e) {
      isTime = false;
    }
    if (!isTime) {
      return failedForSure(step, path, sight, around, trace);
    }
    trace.completed(path, 0, null);
    return Outcome.completed(null);
  }

  /** What the step itself computes cannot be computed, however often it is replayed. */
  Outcome failedForSure(Step step, StepPath path, Sight sight, Around around, Trace trace) {
    return failed(step, path, Failure.ofExpression(path, FIRST, null), sight, around, trace)
        .orElseThrow(() -> new IllegalStateException("no replay helps " + path));
  }

  /**
   * A single step has failed, whose attempts are used up.
   *
   * @return empty if nobody takes that, and it waits for its replay
   */
  Optional<Outcome> failed(
      Step step, StepPath path, Failure failure, Sight sight, Around around, Trace trace) {
    Handling.Taken taken = handling.taken(step.catches(), sight, failure);
    if (taken.handler().isPresent()) {
      return Optional.of(
          handling.handle(
              step, path, sight, around, trace, taken.handler().get(), List.of(failure)));
    }
    Optional<Failure> untaken = around.untaken(taken.failure());
    if (untaken.isEmpty()) {
      return Optional.of(Outcome.leaving(List.of(taken.failure())));
    }
    trace.died(path);
    if (workflow.onFailure() == OnFailure.SUSPEND) {
      return Optional.empty();
    }
    trace.dropped();
    return Optional.of(Outcome.fatal(untaken.get()));
  }
}
