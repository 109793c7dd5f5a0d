package io.penstock.worker.observe;

import io.penstock.schema.kafka.TraceParent;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.worker.runtime.AttemptObserver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;

/** Measures every attempt, and traces it when tracing is on. */
@ApplicationScoped
public class WorkerObserver implements AttemptObserver {
  private final AttemptMetrics metrics;
  private final AttemptSpans spans;

  WorkerObserver(AttemptMetrics metrics, AttemptSpans spans) {
    this.metrics = metrics;
    this.spans = spans;
  }

  @Override
  public StepOutcome attempt(
      StepRequested command, Optional<TraceParent> trace, Supplier<StepOutcome> attempt) {
    return trace.isPresent()
        ? spans.around(command, trace.get(), () -> metrics.measure(command, attempt))
        : metrics.measure(command, attempt);
  }

  @Override
  public void deadLettered(String topic, String reason) {
    metrics.deadLettered(topic, reason);
  }
}
