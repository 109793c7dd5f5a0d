package io.penstock.standalone.demo;

import io.penstock.standalone.demo.ExecutionProgress.StepProgress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Executions at different points of their way. */
final class ScreenText {
  private ScreenText() {}

  static ExecutionProgress completed(double score, String route, String action) {
    return completed(done("person"), score, route, action);
  }

  /**
   * @param person how that step went
   */
  static ExecutionProgress completed(
      StepProgress person, double score, String route, String action) {
    return new ExecutionProgress(
        "COMPLETED",
        List.of(
            done("company"),
            person,
            done("news"),
            done("score"),
            done("pipeline"),
            done(action),
            done("tell-sales")),
        Optional.of(score),
        Optional.of(route),
        Optional.of(74L),
        Optional.of(Duration.ofMillis(684)));
  }

  static ExecutionProgress moving(StepProgress... steps) {
    return new ExecutionProgress(
        "RUNNING",
        List.of(steps),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static StepProgress done(String name) {
    return new StepProgress(name, "COMPLETED", 1, false);
  }

  /** Failed, with its fallback in place. */
  static StepProgress caught(String name) {
    return new StepProgress(name, "COMPLETED", 1, true);
  }
}
