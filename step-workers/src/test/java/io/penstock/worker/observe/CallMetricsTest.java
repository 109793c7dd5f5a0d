package io.penstock.worker.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.CallGuard;
import io.penstock.worker.limit.GuardedCall.Ended;
import io.penstock.worker.limit.LocalGuards;
import io.penstock.worker.limit.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No Quarkus test: a registry of its own. */
class CallMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LocalGuards guards = new LocalGuards(new CallMetrics(registry));

  private double deferred(String reason) {
    return registry
        .get("penstock.calls.deferred")
        .tag("to", "api/crm")
        .tag("reason", reason)
        .counter()
        .count();
  }

  private double gate() {
    return registry.get("penstock.calls.gate").tag("to", "api/crm").gauge().value();
  }

  @Test
  void deferrals_are_counted_by_reason_and_the_gate_is_shown() throws Exception {
    CallLimits limits =
        new CallLimits(
            List.of(new CallLimits.Rate(20, Duration.ofDays(1))),
            Optional.empty(),
            Optional.empty());
    CallGuard guard = guards.guard("api/crm", limits);
    Verdict busy = new Verdict.Busy(Optional.of(Duration.ofHours(1)));
    guard.call(Optional.empty(), () -> new Ended<>("busy", busy));
    assertThat(gate()).isEqualTo(3);
    for (int i = 0; i < 2; i++) {
      guard.call(Optional.empty(), () -> new Ended<>("never", busy));
    }
    assertThat(deferred("retry_after")).isEqualTo(3);

    CallGuard narrow =
        guards.guard(
            "api/erp",
            new CallLimits(
                List.of(new CallLimits.Rate(1, Duration.ofDays(1))),
                Optional.empty(),
                Optional.empty()));
    narrow.call(Optional.empty(), () -> new Ended<>("called", new Verdict.Well()));
    narrow.call(Optional.empty(), () -> new Ended<>("never", new Verdict.Well()));
    assertThat(
            registry
                .get("penstock.calls.deferred")
                .tag("to", "api/erp")
                .tag("reason", "rate_limit")
                .counter()
                .count())
        .isEqualTo(1);
  }
}
