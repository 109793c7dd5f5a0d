package io.penstock.simulator.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.message.StepPath;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@code foreach}: as a {@code parallel} of its rounds, or one round after the other. */
final class EachItem {
  private final Interpreter interpreter;

  EachItem(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  Outcome go(
      Step step, Action.Foreach foreach, StepPath path, Sight sight, Around around, Trace trace) {
    Object items;
    try {
      items = sight.value(foreach.items());
    } catch (ExpressionException e) {
      items = null;
    }
    if (Unknown.isIn(items)) {
      trace.undecided();
      trace.unknown(path);
      return Outcome.completed(Unknown.VALUE);
    }
    if (!(items instanceof List<?> list)) {
      return interpreter.failedForSure(step, path, sight, around, trace);
    }
    List<Together.Lane> rounds = rounds(foreach, path, sight, list);
    int tolerated =
        foreach
            .tolerate()
            .map(share -> BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(rounds.size())))
            .map(product -> product.setScale(0, RoundingMode.DOWN).intValueExact())
            .orElse(0);
    Around inner = interpreter.handling().around(step.catches(), sight, around);
    Ended ended =
        foreach.concurrency() == 1
            ? oneByOne(rounds, tolerated, inner, trace)
                .orElseGet(() -> sideBySide(rounds, tolerated, inner, trace))
            : sideBySide(rounds, tolerated, inner, trace);
    Outcome outcome = ended.outcome();
    Outcome all = new Outcome(outcome.completes(), outcome.output(), List.of(), outcome.fatal());
    if (!outcome.leaving().isEmpty()) {
      all =
          all.or(
              interpreter
                  .handling()
                  .fromInside(
                      step.catches(),
                      Optional.of(step),
                      path,
                      sight,
                      around,
                      trace.perhapsUnless(outcome.isSure()),
                      outcome.leaving()));
    }
    if (!outcome.completes()) {
      return all;
    }
    trace.perhapsUnless(outcome.isSure()).completed(path, 0, ended.output());
    return all.giving(outcome.isSure() ? ended.output() : Unknown.VALUE);
  }

  /** How it ends, and what it gives if it completes. */
  private record Ended(Outcome outcome, Object output) {}

  private static List<Together.Lane> rounds(
      Action.Foreach foreach, StepPath path, Sight sight, List<?> items) {
    List<Together.Lane> rounds = new ArrayList<>();
    int size = foreach.chunk().orElse(1);
    for (int from = 0; from < items.size(); from += size) {
      Object item =
          foreach.chunk().isPresent()
              ? List.copyOf(items.subList(from, Math.min(from + size, items.size())))
              : items.get(from);
      String number = Integer.toString(rounds.size());
      Sight inside = sight.with(foreach.as(), item).with("index", (long) rounds.size());
      rounds.add(new Together.Lane(foreach.steps(), path.slot(number), inside));
    }
    return rounds;
  }

  /**
   * Each round begins when the one before has ended.
   *
   * @return empty if it depends how one of them ends
   */
  private Optional<Ended> oneByOne(
      List<Together.Lane> rounds, int tolerated, Around inner, Trace trace) {
    List<Object> items = new ArrayList<>();
    int failed = 0;
    for (Together.Lane round : rounds) {
      boolean mayFail = failed < tolerated;
      Around around = mayFail ? Around.TOLERANT : inner;
      if (!round.tried(interpreter, around).isSure()) {
        return Optional.empty();
      }
      Outcome outcome = round.in(interpreter, around, trace);
      if (!outcome.completes() && !mayFail) {
        return Optional.of(new Ended(outcome, null));
      }
      failed += outcome.completes() ? 0 : 1;
      items.add(outcome.output());
    }
    Object output = output(items, failed);
    return Optional.of(new Ended(Outcome.completed(output), output));
  }

  private Ended sideBySide(List<Together.Lane> rounds, int tolerated, Around inner, Trace trace) {
    List<Outcome> alone =
        rounds.stream()
            .map(round -> round.tried(interpreter, tolerated > 0 ? Around.TOLERANT : inner))
            .toList();
    long mayFail = alone.stream().filter(one -> !one.surelyCompletes()).count();
    if (mayFail <= tolerated) {
      Around around = tolerated > 0 ? Around.TOLERANT : inner;
      rounds.forEach(round -> round.in(interpreter, around, trace));
      return completed(alone);
    }
    List<Outcome> tried =
        tolerated > 0
            ? rounds.stream().map(round -> round.tried(interpreter, inner)).toList()
            : alone;
    List<Outcome> outcomes = Together.all(interpreter, rounds, tried, inner, tolerated == 0, trace);
    Outcome outcome = Together.of(outcomes, rounds.size() - tolerated);
    return new Ended(outcome, output(Unknown.VALUE, tolerated));
  }

  private static Ended completed(List<Outcome> rounds) {
    boolean known = rounds.stream().allMatch(Outcome::isSure);
    long failed = rounds.stream().filter(round -> !round.completes()).count();
    List<Object> items = new ArrayList<>();
    rounds.forEach(round -> items.add(round.completes() ? round.output() : null));
    Object output = known ? output(items, failed) : Unknown.VALUE;
    return new Ended(Outcome.completed(output), output);
  }

  private static Object output(Object items, long failed) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("items", items);
    output.put("failed", failed);
    return output;
  }
}
