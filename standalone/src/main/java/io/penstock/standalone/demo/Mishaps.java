package io.penstock.standalone.demo;

import io.penstock.standalone.demo.ExecutionProgress.StepProgress;
import java.util.Collection;
import java.util.List;

/**
 * What went wrong on the way and was dealt with.
 *
 * @param repeated attempts that failed and were made again
 * @param caught steps that failed and got their fallback
 */
record Mishaps(int repeated, long caught) {

  static Mishaps of(Collection<ExecutionProgress> all) {
    List<StepProgress> steps = all.stream().flatMap(one -> one.steps().stream()).toList();
    return new Mishaps(
        steps.stream().mapToInt(step -> Math.max(0, step.attempts() - 1)).sum(),
        steps.stream().filter(StepProgress::caught).count());
  }

  @Override
  public String toString() {
    return "failures on the way: %d tried again (x2), %d caught by a fallback"
        .formatted(repeated, caught);
  }
}
