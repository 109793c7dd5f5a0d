package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import java.util.Comparator;
import java.util.List;

/**
 * How many steps of one execution can be at work at the same time.
 *
 * @param most until the last of them has its output
 * @param left of those that can be at work still after that: branches that nobody waited for
 */
record AtWork(long most, long left) {
  /** More would fill queues and timers that other executions need too. */
  static final int LIMIT = 500;

  private static final AtWork ONE = new AtWork(1, 0);

  static AtWork of(List<Step> steps) {
    long most = 0;
    long left = 0;
    for (Step step : steps) {
      AtWork here = of(step);
      most = Math.max(most, left + here.most());
      left += here.left();
    }
    return new AtWork(most, left);
  }

  /** Its action, or after that what handles its failure. */
  private static AtWork of(Step step) {
    return step.catches().stream()
        .map(handler -> of(handler.steps()))
        .reduce(
            of(step.action()),
            (a, b) -> new AtWork(Math.max(a.most, b.most), Math.max(a.left, b.left)));
  }

  static AtWork of(Action action) {
    return switch (action) {
      case Action.Route route ->
          route.inside().stream()
              .map(AtWork::of)
              .reduce(
                  ONE, (a, b) -> new AtWork(Math.max(a.most, b.most), Math.max(a.left, b.left)));
      case Action.Parallel parallel -> of(parallel);
      case Action.Foreach foreach ->
          new AtWork(foreach.concurrency() * of(foreach.steps()).most(), 0);
      case Action.Work ignored -> ONE;
      case Action.Wait ignored -> ONE;
    };
  }

  private static AtWork of(Action.Parallel parallel) {
    List<AtWork> branches = parallel.inside().stream().map(AtWork::of).toList();
    long most = branches.stream().mapToLong(AtWork::most).sum();
    long left = branches.stream().mapToLong(AtWork::left).sum();
    if (parallel.losers() == Action.Losers.FINISH) {
      // At worst those branches win that have the least to do.
      left +=
          branches.stream()
              .map(branch -> branch.most() - branch.left())
              .sorted(Comparator.reverseOrder())
              .limit(branches.size() - parallel.needed())
              .reduce(0L, Long::sum);
    }
    return new AtWork(most, left);
  }
}
