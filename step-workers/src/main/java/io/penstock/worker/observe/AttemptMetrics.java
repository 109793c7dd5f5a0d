package io.penstock.worker.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.message.Usage;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Counts attempts. The meters of a kind are made once, so an attempt costs two readings of the
 * clock and an addition.
 */
@ApplicationScoped
public class AttemptMetrics {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60),
    Duration.ofSeconds(120)
  };

  private final MeterRegistry registry;
  private final Map<StepKind, OfKind> kinds = new EnumMap<>(StepKind.class);
  private final Map<String, OfModel> models = new ConcurrentHashMap<>();

  AttemptMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (StepKind kind : StepKind.values()) {
      kinds.put(kind, new OfKind(registry, kind));
    }
  }

  StepOutcome measure(StepRequested command, Supplier<StepOutcome> attempt) {
    OfKind kind = kinds.get(command.kind());
    kind.inFlight.incrementAndGet();
    long began = System.nanoTime();
    try {
      StepOutcome outcome = attempt.get();
      kind.count(outcome.result(), System.nanoTime() - began);
      outcome
          .usage()
          .ifPresent(
              usage ->
                  models
                      .computeIfAbsent(usage.model(), name -> new OfModel(registry, name))
                      .count(usage));
      return outcome;
    } finally {
      kind.inFlight.decrementAndGet();
    }
  }

  void deadLettered(String topic, String reason) {
    Counter.builder("penstock.dead.letters")
        .description("records that nobody could process")
        .tag("topic", topic)
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  private static final class OfKind {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Timer succeeded;
    private final Timer failed;
    private final Timer deferred;
    private final Map<ErrorType, Counter> failures = new EnumMap<>(ErrorType.class);

    OfKind(MeterRegistry registry, StepKind kind) {
      succeeded = timer(registry, kind, "succeeded");
      failed = timer(registry, kind, "failed");
      deferred = timer(registry, kind, "deferred");
      for (ErrorType type : ErrorType.values()) {
        failures.put(
            type,
            Counter.builder("penstock.attempts.failed")
                .description("attempts that failed, by the type of their error")
                .tag("kind", kind.id())
                .tag("error", type.id())
                .register(registry));
      }
      Gauge.builder("penstock.attempts.in.flight", inFlight, AtomicInteger::get)
          .description("attempts that this process makes now")
          .tag("kind", kind.id())
          .register(registry);
    }

    private static Timer timer(MeterRegistry registry, StepKind kind, String outcome) {
      return Timer.builder("penstock.attempt.duration")
          .description("attempts of steps, from taking the command to its outcome")
          .tag("kind", kind.id())
          .tag("outcome", outcome)
          .serviceLevelObjectives(BUCKETS)
          .register(registry);
    }

    void count(StepOutcome.Result result, long nanos) {
      switch (result) {
        case StepOutcome.Succeeded ignored -> succeeded.record(nanos, TimeUnit.NANOSECONDS);
        case StepOutcome.Deferred ignored -> deferred.record(nanos, TimeUnit.NANOSECONDS);
        case StepOutcome.Failed failure -> {
          failed.record(nanos, TimeUnit.NANOSECONDS);
          failures.get(failure.error().type()).increment();
        }
      }
    }
  }

  private static final class OfModel {
    private static final double MICRO = 1e-6;

    private final Counter input;
    private final Counter output;
    private final Counter cost;

    /**
     * @param model the definition's name
     */
    OfModel(MeterRegistry registry, String model) {
      input = tokens(registry, model, "input");
      output = tokens(registry, model, "output");
      cost =
          Counter.builder("penstock.llm.cost.usd")
              .description("what models with a price cost, in US dollars")
              .tag("model", model)
              .register(registry);
    }

    private static Counter tokens(MeterRegistry registry, String model, String direction) {
      return Counter.builder("penstock.llm.tokens")
          .description("tokens as the provider counted them, failed attempts included")
          .tag("model", model)
          .tag("direction", direction)
          .register(registry);
    }

    void count(Usage usage) {
      input.increment((double) usage.inputTokens());
      output.increment((double) usage.outputTokens());
      usage.costMicroUsd().ifPresent(micro -> cost.increment(micro * MICRO));
    }
  }
}
