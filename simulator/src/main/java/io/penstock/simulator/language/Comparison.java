package io.penstock.simulator.language;

import io.penstock.schema.definition.Compensation;
import io.penstock.schema.definition.CompensationOrder;
import io.penstock.schema.definition.Step;
import io.penstock.schema.message.CompensationEnd;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One execution and what was expected of it. */
final class Comparison {
  private static final int LONG = 300;

  private final Expectation expected;
  private final Shown shown;
  private final ShownOutputs outputs;
  private final List<String> differences = new ArrayList<>();

  Comparison(Expectation expected, Shown shown) {
    this.expected = expected;
    this.shown = shown;
    this.outputs = new ShownOutputs(shown);
  }

  List<String> differences() {
    boolean whole = !shown.isInterrupted() && !shown.isOverdue();
    if (shown.isOverdue() && expected.workflow().deadline().isEmpty()) {
      say("it failed at a deadline that it does not have");
    }
    if (whole && !shown.isInTime()) {
      say("it went on after its deadline");
    }
    if (shown.ends != 1) {
      say("it ended " + shown.ends + " times");
    }
    if (whole) {
      end();
    }
    if (!shown.edited) {
      steps(whole);
    }
    wayBack();
    return List.copyOf(differences);
  }

  private void end() {
    if (expected.undecided() || shown.end.isEmpty()) {
      return;
    }
    List<Expectation.End> alike =
        expected.ends().stream()
            .filter(end -> Optional.of(end.status()).equals(shown.status()))
            .toList();
    if (alike.isEmpty()) {
      say("it ended as " + shown.status().get() + ", not as " + expected.statuses());
    } else if (alike.stream().noneMatch(this::isThis)) {
      say("it ended with " + shorten(shown.end.get()) + ", not with " + shorten(alike));
    }
  }

  private boolean isThis(Expectation.End end) {
    return switch (shown.end.get()) {
      case Fact.ExecutionCompleted f -> Unknown.fits(end.output(), f.output().value());
      case Fact.ExecutionFailed f ->
          end.failures().contains(new Expectation.End.Cause(f.path(), f.error().type()));
      default -> true;
    };
  }

  private void steps(boolean whole) {
    Map<StepPath, ExpectedStep> steps = new TreeMap<>(expected.steps());
    boolean undoes = shown.turned.isPresent();
    expected
        .undoing()
        .forEach(
            (path, undoing) -> {
              if (undoes && shown.completed.containsKey(path) && isUndoneByItself(path)) {
                steps.put(WayBack.pathOf(path), undoing);
              }
            });
    Set<StepPath> all = new TreeSet<>(steps.keySet());
    all.addAll(shown.attempts.keySet());
    all.addAll(shown.completed.keySet());
    all.addAll(shown.deaths.keySet());
    for (StepPath path : all) {
      ExpectedStep step = steps.get(path);
      if (step != null) {
        step(path, whole ? step : step.perhaps());
      } else if (!expected.undecided() && !isUnknown(path)) {
        say("step '" + path + "' should not have been begun");
      }
    }
  }

  /** And not by an operator, who ends its attempts where they are. */
  private boolean isUndoneByItself(StepPath path) {
    return shown.wayBack.getOrDefault(path, List.of()).stream()
        .allMatch(end -> end.end() == CompensationEnd.COMPLETED);
  }

  private boolean isUnknown(StepPath path) {
    return expected.unknown().stream()
            .anyMatch(
                unknown -> path.equals(unknown) || path.value().startsWith(unknown.value() + "/"))
        || (path.scope().slot().equals(Compensation.SLOT)
            && path.scope().owner().filter(step -> !isUndoneByItself(step)).isPresent());
  }

  private void step(StepPath path, ExpectedStep step) {
    attempts(path, step);
    int deaths = shown.deaths.getOrDefault(path, 0);
    if (step.certain() ? deaths != step.deaths() : deaths > step.deaths()) {
      say("step '%s' failed for good %d times, not %d".formatted(path, deaths, step.deaths()));
    }
    List<Fact.StepCompleted> completed = shown.completed.getOrDefault(path, List.of());
    if (completed.size() > 1) {
      say("step '%s' completed %d times".formatted(path, completed.size()));
    }
    if (completed.isEmpty()) {
      if (step.surelyCompletes()) {
        say("step '" + path + "' should have completed");
      }
      return;
    }
    if (!step.completes()) {
      if (step.certain() || !expected.undecided()) { // else what is unknown may have led there
        say("step '" + path + "' should not have completed");
      }
      return;
    }
    int attempt = completed.getFirst().attempt();
    if (attempt != step.attempt() && step.attempt() != ExpectedStep.ANY) {
      say("step '%s' completed by attempt %d, not %d".formatted(path, attempt, step.attempt()));
    }
    Object output = outputs.of(path);
    if (!Unknown.fits(step.output(), output)) {
      say("step '%s' gave %s, not %s".formatted(path, shorten(output), shorten(step.output())));
    }
  }

  private void attempts(StepPath path, ExpectedStep step) {
    Set<Integer> attempts = shown.attempts.getOrDefault(path, Set.of());
    int last = attempts.stream().mapToInt(Integer::intValue).max().orElse(0);
    if (step.certain() ? last != step.attempts() : last > step.attempts()) {
      say("step '%s' was tried %d times, not %d".formatted(path, last, step.attempts()));
    }
    if (attempts.size() != last) {
      say("step '%s' left attempts out: %s".formatted(path, attempts));
    }
  }

  /**
   * What has completed is undone once, the last first, if and only if the execution turned back.
   */
  private void wayBack() {
    List<StepPath> undoable =
        shown.byAttempt.stream()
            .filter(path -> expected.workflow().step(path).flatMap(Step::compensation).isPresent())
            .toList();
    if (shown.turned.isEmpty()) {
      if (!shown.undone.isEmpty()) {
        say("steps were undone although it went forward: " + shown.undone);
      }
      if (shown.status().equals(Optional.of(ExecutionStatus.COMPENSATED))) {
        say("it was compensated without turning back");
      }
      return;
    }
    boolean inOrder = expected.workflow().compensation() == CompensationOrder.REVERSE;
    boolean asExpected =
        inOrder
            ? shown.undone.equals(undoable.reversed())
            : new HashSet<>(shown.undone).equals(new HashSet<>(undoable))
                && shown.undone.size() == undoable.size();
    if (!asExpected) {
      say("undone was %s, of what completed as %s".formatted(shown.undone, undoable));
    }
    if (inOrder && shown.undoneTogether) {
      say("steps were undone beside each other, not one after the other");
    }
    shown.wayBack.forEach(
        (path, ends) -> {
          if (ends.size() > 1) {
            say("step '%s' was undone %d times".formatted(path, ends.size()));
          }
        });
    Set<StepPath> left =
        undoable.stream()
            .filter(path -> !shown.wayBack.containsKey(path))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!left.isEmpty() && !shown.edited) {
      say("not undone: " + left);
    }
  }

  private void say(String difference) {
    differences.add(difference);
  }

  private static String shorten(Object value) {
    String text = String.valueOf(value).replace(Unknown.VALUE, "?");
    return text.length() > LONG ? text.substring(0, LONG) + "…" : text;
  }
}
