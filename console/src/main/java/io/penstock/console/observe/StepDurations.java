package io.penstock.console.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The timers of steps; one begins with the first step that ends so. */
final class StepDurations {
  private final MeterRegistry registry;
  private final Map<Ended, Timer> timers = new ConcurrentHashMap<>();

  private record Ended(String workflow, String kind, String status) {}

  StepDurations(MeterRegistry registry) {
    this.registry = registry;
  }

  void record(String workflow, String kind, String status, Duration took) {
    timers.computeIfAbsent(new Ended(workflow, kind, status), this::timer).record(took);
  }

  private Timer timer(Ended ended) {
    return Timer.builder("penstock.step.duration")
        .description("steps that ended, from their first request, with all attempts and waiting")
        .tag("workflow", ended.workflow())
        .tag("kind", ended.kind())
        .tag("status", ended.status())
        .serviceLevelObjectives(ConsoleMetrics.BUCKETS)
        .register(registry);
  }
}
