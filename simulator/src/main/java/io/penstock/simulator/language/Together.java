package io.penstock.simulator.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code parallel}. Its branches are interpreted one after the other, as if nothing happened in
 * the others; what one of them can cut short in another happens perhaps.
 */
final class Together {
  private final Interpreter interpreter;

  Together(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  /** A list of steps that goes on beside others. */
  record Lane(List<Step> steps, ScopePath scope, Sight sight) {
    Outcome in(Interpreter interpreter, Around around, Trace trace) {
      return interpreter.steps(steps, scope, sight, around, trace);
    }

    /** Without a trace. */
    Outcome tried(Interpreter interpreter, Around around) {
      return in(interpreter, around, Trace.begun());
    }
  }

  Outcome go(
      Step step, Action.Parallel parallel, StepPath path, Sight sight, Around around, Trace trace) {
    List<Lane> lanes =
        parallel.branches().stream()
            .map(branch -> new Lane(branch.steps(), path.slot(branch.name()), sight))
            .toList();
    int spare = lanes.size() - parallel.needed();
    if (spare > 0) {
      List<Outcome> alone =
          lanes.stream().map(lane -> lane.tried(interpreter, Around.TOLERANT)).toList();
      if (alone.stream().filter(one -> !one.surelyCompletes()).count() <= spare) {
        return joined(parallel, path, lanes, alone, trace);
      }
    }
    Around inner = interpreter.handling().around(step.catches(), sight, around);
    List<Outcome> outcomes = all(lanes, inner, spare == 0, trace);
    Outcome together = of(outcomes, parallel.needed());
    Outcome outcome =
        together.leaving().isEmpty()
            ? together
            : new Outcome(together.completes(), together.output(), List.of(), together.fatal())
                .or(
                    interpreter
                        .handling()
                        .fromInside(
                            step.catches(),
                            Optional.of(step),
                            path,
                            sight,
                            around,
                            trace.perhapsUnless(together.isSure()),
                            together.leaving()));
    if (!together.completes()) {
      return outcome;
    }
    Object output = spare == 0 ? output(parallel, outcomes) : Unknown.VALUE;
    trace.perhapsUnless(together.isSure()).completed(path, 0, output);
    return together.isSure() ? outcome.giving(output) : outcome.giving(Unknown.VALUE);
  }

  /** Whatever fails, enough of them end well. */
  private Outcome joined(
      Action.Parallel parallel, StepPath path, List<Lane> lanes, List<Outcome> alone, Trace trace) {
    boolean known = alone.stream().allMatch(Outcome::isSure);
    long well = alone.stream().filter(Outcome::surelyCompletes).count();
    boolean justEnough = well == parallel.needed();
    for (int i = 0; i < lanes.size(); i++) {
      boolean awaited = justEnough && alone.get(i).surelyCompletes();
      boolean finishes = parallel.losers() == Action.Losers.FINISH;
      lanes
          .get(i)
          .in(
              interpreter,
              Around.TOLERANT,
              awaited ? trace : finishes ? trace.besides() : trace.perhaps());
    }
    Object output = known && justEnough ? output(parallel, alone) : Unknown.VALUE;
    trace.completed(path, 0, output);
    return Outcome.completed(output);
  }

  private static Object output(Action.Parallel parallel, List<Outcome> outcomes) {
    Map<String, Object> output = new LinkedHashMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).completes()) {
        output.put(parallel.branches().get(i).name(), outcomes.get(i).output());
      }
    }
    return output;
  }

  /**
   * All of them, none of which can be put up with.
   *
   * @param exactly whether really none, be it the first to fail or the last
   */
  private List<Outcome> all(List<Lane> lanes, Around around, boolean exactly, Trace trace) {
    List<Outcome> tried = lanes.stream().map(lane -> lane.tried(interpreter, around)).toList();
    return all(interpreter, lanes, tried, around, exactly, trace);
  }

  /** A failure cuts the others short, and never the one in which it happens. */
  static List<Outcome> all(
      Interpreter interpreter,
      List<Lane> lanes,
      List<Outcome> tried,
      Around around,
      boolean exactly,
      Trace trace) {
    List<Outcome> troubled = tried.stream().filter(one -> !one.surelyCompletes()).toList();
    boolean oneFails = exactly && troubled.size() == 1 && !troubled.getFirst().completes();
    boolean noneFails = exactly && troubled.isEmpty();
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < lanes.size(); i++) {
      boolean goesToItsEnd = noneFails || (oneFails && !tried.get(i).completes());
      outcomes.add(lanes.get(i).in(interpreter, around, trace.perhapsUnless(goesToItsEnd)));
    }
    return outcomes;
  }

  /**
   * How they end together.
   *
   * @param needed how many must complete
   */
  static Outcome of(List<Outcome> outcomes, int needed) {
    List<Failure> leaving = outcomes.stream().flatMap(one -> one.leaving().stream()).toList();
    List<Failure> fatal = outcomes.stream().flatMap(one -> one.fatal().stream()).toList();
    boolean complete = outcomes.stream().filter(Outcome::completes).count() >= needed;
    return new Outcome(complete, null, leaving, fatal);
  }
}
