package io.penstock.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void percentiles_are_of_all_that_was_recorded() {
    for (int ms = 1; ms <= 1_000; ms++) {
      latencies.recordNanos(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    assertThat(latencies.percentileMs(50)).isCloseTo(500, within(1.0));
    assertThat(latencies.percentileMs(99.9)).isCloseTo(999, within(1.0));
    Map<String, Double> figures = latencies.asMap("ack_");
    assertThat(figures.get("ack_p50_ms")).isCloseTo(500, within(1.0));
    assertThat(figures.get("ack_p90_ms")).isCloseTo(900, within(1.0));
    assertThat(figures.get("ack_p99_ms")).isCloseTo(990, within(1.0));
    assertThat(figures.get("ack_p99_9_ms")).isCloseTo(999, within(1.0));
    assertThat(figures.get("ack_max_ms")).isCloseTo(1_000, within(1.0));
    assertThat(figures.get("ack_mean_ms")).isCloseTo(500.5, within(1.0));
  }

  @Test
  void one_slow_one_among_a_thousand_shows_in_the_maximum_only() {
    for (int i = 0; i < 999; i++) {
      latencies.recordNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    latencies.recordNanos(TimeUnit.SECONDS.toNanos(5));

    assertThat(latencies.percentileMs(99.9)).isCloseTo(10, within(0.1));
    assertThat(latencies.asMap("").get("max_ms")).isCloseTo(5_000, within(5.0));
  }

  @Test
  void times_that_cannot_be_are_kept_at_the_edges() {
    latencies.recordNanos(-1);
    latencies.recordNanos(Duration.ofDays(1).toNanos());

    assertThat(latencies.count()).isEqualTo(2);
  }

  @Test
  void nothing_recorded_gives_no_figures() {
    assertThat(latencies.asMap("")).isEmpty();
  }
}
