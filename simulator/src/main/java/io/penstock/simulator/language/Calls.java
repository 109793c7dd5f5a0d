package io.penstock.simulator.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Steps that workers do: attempt after attempt, replay after replay. */
final class Calls {
  private static final int GENERATION = 1;
  private static final int NONE = -1;

  private final Interpreter interpreter;
  private final Script script;
  private final ScriptedWorker worker;

  Calls(Interpreter interpreter, Script script) {
    this.interpreter = interpreter;
    this.script = script;
    this.worker = new ScriptedWorker(script);
  }

  /**
   * The attempts of one series.
   *
   * @param last number of the last attempt
   * @param output if that went well
   * @param error if it did not
   */
  record Series(int last, Optional<Object> output, Optional<StepError> error) {}

  Outcome call(
      Step step, Action.Work work, StepPath path, Sight sight, Around around, Trace trace) {
    if (work instanceof Action.Route && sight.isUnknown(work.references())) {
      trace.undecided();
      trace.unknown(path);
      return Outcome.completed(Unknown.VALUE);
    }
    int attempts = 0;
    while (true) {
      Series series = series(work, step.retry(), path, sight, attempts);
      attempts = series.last();
      trace.tried(path, attempts);
      if (series.output().isPresent()) {
        return succeeded(step, work, path, sight, around, trace, series);
      }
      StepError error = series.error().orElseThrow();
      Failure failure =
          new Failure(
              Optional.of(path),
              error.type(),
              error.message(),
              (long) attempts,
              input(work, sight));
      Optional<Outcome> outcome = interpreter.failed(step, path, failure, sight, around, trace);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      if (error.type() == ErrorType.EXPRESSION) {
        throw new IllegalStateException("no replay helps " + path);
      }
    }
  }

  private Outcome succeeded(
      Step step,
      Action.Work work,
      StepPath path,
      Sight sight,
      Around around,
      Trace trace,
      Series series) {
    Object output = series.output().orElseThrow();
    if (work instanceof Action.Route route) {
      return routed(
          route,
          (Long) ((Map<?, ?>) output).get(ScriptedWorker.BRANCH),
          path,
          sight,
          around,
          trace);
    }
    trace.completed(path, series.last(), output);
    if (step.compensation().isPresent()) {
      trace.canBeUndone(path, sight.withStep(step.id(), output).notHandling());
    }
    return Outcome.completed(output);
  }

  private Outcome routed(
      Action.Route route, long index, StepPath path, Sight sight, Around around, Trace trace) {
    if (index == NONE) {
      Object output = left(index, null, null);
      trace.completed(path, 0, output);
      return Outcome.completed(output);
    }
    Action.Branch branch = route.branches().get((int) index);
    Outcome inside =
        branch.steps().isEmpty()
            ? Outcome.completed(null)
            : interpreter.steps(
                branch.steps(), path.slot(Long.toString(index)), sight, around, trace);
    Outcome outcome = inside.giving(left(index, branch.name(), inside.output()));
    if (outcome.completes()) {
      trace.perhapsUnless(outcome.surelyCompletes()).completed(path, 0, outcome.output());
    }
    return outcome;
  }

  private static Object left(long branch, String name, Object output) {
    Map<String, Object> left = new LinkedHashMap<>();
    left.put("branch", branch);
    left.put("name", name);
    left.put("output", output);
    return left;
  }

  /**
   * One attempt and its retries.
   *
   * @param before attempts of earlier series
   */
  Series series(Action.Work work, Retry retry, StepPath path, Sight sight, int before) {
    Duration passed = Duration.ZERO;
    for (int attempt = before + 1; ; attempt++) {
      Answer answer = answer(work, path, sight, attempt);
      if (answer instanceof Answer.Succeeds succeeds) {
        return new Series(attempt, Optional.of(succeeds.output().value()), Optional.empty());
      }
      StepError error = answer instanceof Answer.Fails fails ? fails.error() : Answer.Hangs.ERROR;
      Optional<Duration> wish =
          answer instanceof Answer.Fails fails ? fails.retryAfter() : Optional.empty();
      RetryRule.Next next = RetryRule.next(retry, error, attempt - before - 1, passed, wish);
      if (next.delay().isEmpty()) {
        return new Series(attempt, Optional.empty(), Optional.of(shown(error, next.late())));
      }
      passed = passed.plus(next.delay().get());
    }
  }

  /** Which text tells of an expression, or of a lack of time, is not promised. */
  private static StepError shown(StepError error, boolean late) {
    return late || error.type() == ErrorType.EXPRESSION
        ? new StepError(error.type(), Unknown.VALUE, error.retriable())
        : error;
  }

  private Answer answer(Action.Work work, StepPath path, Sight sight, int attempt) {
    boolean unknown =
        !(work instanceof Action.Route)
            && sight.isUnknown(work.references())
            && !sight.lacks(work.references());
    if (!unknown) {
      return worker.answer(work, sight.all(), path, GENERATION, attempt);
    }
    return script.answer(path, GENERATION, attempt) instanceof Answer.Succeeds succeeds
        ? new Answer.Succeeds(ScriptedWorker.with(succeeds.output(), Unknown.VALUE))
        : script.answer(path, GENERATION, attempt);
  }

  /** What a step was to do, as the one who handles its failure sees it. */
  static Object input(Action action, Sight sight) {
    if (!(action instanceof Action.Work work) || work instanceof Action.Route) {
      return null;
    }
    try {
      return sight.isUnknown(work.references()) && !sight.lacks(work.references())
          ? Unknown.VALUE
          : Sight.plain(Sent.of(work, sight.all()));
    } catch (ExpressionException e) {
      return null;
    }
  }
}
