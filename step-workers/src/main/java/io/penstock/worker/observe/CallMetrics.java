package io.penstock.worker.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.worker.limit.GuardObserver;
import io.penstock.worker.limit.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts calls that were put off, and shows whether the way to an Api is open. */
@ApplicationScoped
public class CallMetrics implements GuardObserver {
  private final MeterRegistry registry;
  private final Map<String, AtomicInteger> gates = new ConcurrentHashMap<>();

  CallMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void deferred(String name, Guarded.Reason reason) {
    Counter.builder("penstock.calls.deferred")
        .description("calls that were put off and not made, or not served")
        .tag("to", name)
        .tag("reason", reason.id())
        .register(registry)
        .increment();
  }

  @Override
  public void gate(String name, GateState state) {
    gates.computeIfAbsent(name, this::gauge).set(state.level());
  }

  private AtomicInteger gauge(String name) {
    AtomicInteger state = new AtomicInteger();
    Gauge.builder("penstock.calls.gate", state, AtomicInteger::get)
        .description("0 open, 1 growing, 2 probing, 3 no call goes out")
        .tag("to", name)
        .register(registry);
    return state;
  }
}
