package io.penstock.simulator.language;

import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Template;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a catch does: who takes a failure, and what comes of it. */
final class Handling {
  private final Interpreter interpreter;

  Handling(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  /**
   * @param handler number of the catch that takes the failure
   * @param failure what goes on if none does
   */
  record Taken(Optional<Integer> handler, Failure failure) {}

  /** An output, which may be null. */
  private record Made(Object value) {}

  /** The first catch of that type is asked; one whose output cannot be made takes nothing. */
  Taken taken(List<Catch> catches, Sight sight, Failure failure) {
    for (int handler = 0; handler < catches.size(); handler++) {
      Catch one = catches.get(handler);
      if (one.errors().isEmpty() || one.errors().contains(failure.type())) {
        boolean makeable =
            !(one.handling() instanceof Catch.FallbackOutput fallback)
                || output(fallback.output(), sight.handling(Failure.seen(List.of(failure))))
                    .isPresent();
        return makeable
            ? new Taken(Optional.of(handler), failure)
            : new Taken(Optional.empty(), failure.becauseOfOutput());
      }
    }
    return new Taken(Optional.empty(), failure);
  }

  /** Of a step with others inside, and what is around it. */
  Around around(List<Catch> catches, Sight sight, Around outer) {
    return failure -> {
      Taken taken = taken(catches, sight, failure);
      return taken.handler().isPresent() ? Optional.empty() : outer.untaken(taken.failure());
    };
  }

  /** One of these failures has left what is inside a step, and is taken by it or further out. */
  Outcome fromInside(
      List<Catch> catches,
      Optional<Step> step,
      StepPath path,
      Sight sight,
      Around around,
      Trace trace,
      List<Failure> failures) {
    Map<Integer, List<Failure>> byHandler = new LinkedHashMap<>();
    List<Failure> gone = new ArrayList<>();
    for (Failure failure : failures) {
      Taken taken = taken(catches, sight, failure);
      taken
          .handler()
          .ifPresentOrElse(
              handler -> byHandler.computeIfAbsent(handler, any -> new ArrayList<>()).add(failure),
              () -> gone.add(taken.failure()));
    }
    boolean sure = byHandler.size() + (gone.isEmpty() ? 0 : 1) == 1;
    Outcome all = Outcome.leaving(gone);
    for (Map.Entry<Integer, List<Failure>> group : byHandler.entrySet()) {
      trace.dropped();
      all =
          all.or(
              handle(
                  catches,
                  step,
                  path,
                  sight,
                  around,
                  trace.perhapsUnless(sure),
                  group.getKey(),
                  group.getValue()));
    }
    return all;
  }

  Outcome handle(
      Step step,
      StepPath path,
      Sight sight,
      Around around,
      Trace trace,
      int handler,
      List<Failure> oneOf) {
    return handle(step.catches(), Optional.of(step), path, sight, around, trace, handler, oneOf);
  }

  /**
   * @param step empty: the workflow itself
   */
  private Outcome handle(
      List<Catch> catches,
      Optional<Step> step,
      StepPath path,
      Sight sight,
      Around around,
      Trace trace,
      int handler,
      List<Failure> oneOf) {
    Map<String, Object> error = Failure.seen(oneOf);
    Sight seen = sight.handling(error);
    Catch handling = catches.get(handler);
    if (handling.handling() instanceof Catch.FallbackOutput fallback) {
      Object output = output(fallback.output(), seen).orElseThrow().value();
      trace.completed(path, 0, output);
      return Outcome.completed(output);
    }
    Interpreter.Walk walk =
        interpreter.walk(
            handling.steps(), path.slot(Workflow.catchSlot(handler)), seen, here -> around, trace);
    if (!walk.outcome().completes()) {
      return walk.outcome();
    }
    Optional<Template> template =
        handling.handling() instanceof Catch.FallbackSteps steps
            ? steps.output()
            : Optional.empty();
    Optional<Made> output =
        template.isPresent()
            ? output(template.get(), walk.end())
            : Optional.of(new Made(walk.outcome().output()));
    if (output.isEmpty()) {
      return walk.outcome().then(notMade(step, path, sight, around, trace, error));
    }
    trace.perhapsUnless(walk.outcome().surelyCompletes()).completed(path, 0, output.get().value());
    return walk.outcome().giving(output.get().value());
  }

  /** The steps of a catch are done, and what they were to leave cannot be made. */
  private static Outcome notMade(
      Optional<Step> step,
      StepPath path,
      Sight sight,
      Around around,
      Trace trace,
      Map<String, Object> error) {
    if (step.isEmpty()) {
      trace.dropped();
      return Outcome.fatal(ofTheWhole());
    }
    Failure failure =
        Failure.ofExpression(path, error.get("attempts"), Calls.input(step.get().action(), sight));
    Optional<Failure> untaken = around.untaken(failure);
    if (untaken.isEmpty()) {
      return Outcome.leaving(List.of(failure));
    }
    trace.died(path);
    trace.dropped();
    return Outcome.fatal(untaken.get());
  }

  /** Of an output that is the execution's. */
  static Failure ofTheWhole() {
    return new Failure(Optional.empty(), ErrorType.EXPRESSION, Unknown.VALUE, 0L, null);
  }

  /** Empty if it cannot be made. */
  private static Optional<Made> output(Template template, Sight sight) {
    try {
      return Optional.of(new Made(sight.output(template)));
    } catch (ExpressionException e) {
      return Optional.empty();
    }
  }
}
