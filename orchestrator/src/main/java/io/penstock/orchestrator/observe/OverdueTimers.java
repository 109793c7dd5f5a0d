package io.penstock.orchestrator.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What the partitions of this process have found at their last look. */
final class OverdueTimers {
  private final Map<Integer, Found> byPartition = new ConcurrentHashMap<>();

  private record Found(int count, Duration latest) {}

  OverdueTimers(MeterRegistry registry) {
    Gauge.builder("penstock.timers.overdue", this, OverdueTimers::count)
        .description("timers that are due and not decided on")
        .register(registry);
    TimeGauge.builder(
            "penstock.timers.overdue.latest", this, TimeUnit.MILLISECONDS, OverdueTimers::latest)
        .description("by how much the eldest of them is late")
        .register(registry);
  }

  void found(int partition, int count, Duration latest) {
    if (count == 0) {
      byPartition.remove(partition);
    } else {
      byPartition.put(partition, new Found(count, latest));
    }
  }

  private double count() {
    return byPartition.values().stream().mapToInt(Found::count).sum();
  }

  private double latest() {
    return byPartition.values().stream()
        .mapToLong(found -> found.latest().toMillis())
        .max()
        .orElse(0);
  }
}
