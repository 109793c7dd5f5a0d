package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps parallel and foreach within what one execution may take at a time. */
final class LimitCheck {
  private static final int MAX_DEPTH = 8;

  private final Problems problems;

  LimitCheck(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reports a step that breaks a limit which the steps inside it keep.
   *
   * @param depth how many of the steps around it are a parallel or a foreach
   */
  void check(Action action, int depth, Fields step) {
    switch (action) {
      case Action.Parallel parallel -> {
        List<Long> branches =
            parallel.inside().stream().map(branch -> AtWork.of(branch).most()).toList();
        String sum = branches.stream().map(String::valueOf).collect(Collectors.joining(" + "));
        checkDepth(depth, step.spot("parallel"));
        checkAtWork(action, branches, sum + " in its branches", step.spot("parallel"));
      }
      case Action.Foreach foreach -> {
        long round = AtWork.of(foreach.steps()).most();
        String product = "concurrency %d × %d in a round".formatted(foreach.concurrency(), round);
        checkDepth(depth, step.spot("foreach"));
        checkAtWork(action, List.of(round), product, step.spot("foreach"));
      }
      case Action.Wait ignored -> {}
      case Action.Work ignored -> {} // one step at work, or one branch of a route
    }
  }

  /** Reports losers that add up to too many beside the steps behind them. */
  void check(List<Step> steps, Spot spot) {
    long most = AtWork.of(steps).most();
    boolean eachIsFine =
        steps.stream().allMatch(step -> AtWork.of(step.action()).most() <= AtWork.LIMIT);
    if (most > AtWork.LIMIT && eachIsFine) {
      report(most, "with the branches that losers: finish leaves at work", spot);
    }
  }

  private void checkDepth(int depth, Spot spot) {
    if (depth == MAX_DEPTH) {
      problems.add(
          spot,
          "more than %d parallel and foreach inside each other; do without one of them"
              .formatted(MAX_DEPTH));
    }
  }

  private void checkAtWork(Action action, List<Long> inside, String sum, Spot spot) {
    long most = AtWork.of(action).most();
    if (most > AtWork.LIMIT && inside.stream().allMatch(one -> one <= AtWork.LIMIT)) {
      report(most, sum, spot);
    }
  }

  private void report(long most, String sum, Spot spot) {
    problems.add(
        spot,
        "up to %d steps of one execution can be at work at a time here (%s), more than %d; lower a 'concurrency'"
            .formatted(most, sum, AtWork.LIMIT));
  }
}
