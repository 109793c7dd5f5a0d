package io.penstock.console.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.penstock.console.projection.ProjectionObserver;
import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.message.ExecutionStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long executions and their steps took. Measured here because only the projection has beginning
 * and end side by side: the orchestrator would have to keep the beginning in its state.
 */
@ApplicationScoped
public class ConsoleMetrics implements ProjectionObserver {
  static final Duration[] BUCKETS = {
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(6),
    Duration.ofDays(1)
  };

  private final MeterRegistry registry;
  private final Map<String, Map<ExecutionStatus, Timer>> durations = new ConcurrentHashMap<>();

  private final StepDurations steps;

  ConsoleMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.steps = new StepDurations(registry);
    for (String reason : new String[] {DeadLetter.UNREADABLE, DeadLetter.INTERNAL}) {
      deadLetters(Topic.HISTORY.topicName(), reason).increment(0);
    }
  }

  @Override
  public void ended(String workflow, ExecutionStatus status, Duration took) {
    durations.computeIfAbsent(workflow, this::timers).get(status).record(took);
  }

  @Override
  public void stepEnded(String workflow, String kind, String status, Duration took) {
    steps.record(workflow, kind, status, took);
  }

  private Map<ExecutionStatus, Timer> timers(String workflow) {
    Map<ExecutionStatus, Timer> timers = new EnumMap<>(ExecutionStatus.class);
    for (ExecutionStatus status : ExecutionStatus.values()) {
      if (status.isEnd()) {
        timers.put(
            status,
            Timer.builder("penstock.execution.duration")
                .description("executions that ended, from their first to their last input")
                .tag("workflow", workflow)
                .tag("status", status.name())
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
      }
    }
    return timers;
  }

  @Override
  public void deadLettered(String topic, String reason) {
    deadLetters(topic, reason).increment();
  }

  private Counter deadLetters(String topic, String reason) {
    return Counter.builder("penstock.dead.letters")
        .description("records that nobody could process")
        .tag("topic", topic)
        .tag("reason", reason)
        .register(registry);
  }
}
