package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Compensation;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A step taken apart, to be put together again with something changed. */
final class StepParts {
  Retry retry;
  Optional<Duration> timeout;
  List<Catch> catches;
  Optional<Compensation> compensation;

  private StepParts(Step of) {
    retry = of.retry();
    timeout = of.timeout();
    catches = of.catches();
    compensation = of.compensation();
  }

  /** Another one, which differs from the given in what the change sets. */
  static Step altered(Step step, Consumer<StepParts> change) {
    StepParts parts = new StepParts(step);
    change.accept(parts);
    return new Step(
        step.id(), step.action(), parts.retry, parts.timeout, parts.catches, parts.compensation);
  }
}
