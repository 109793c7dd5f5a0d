package io.penstock.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void sends_are_evenly_spread_from_the_beginning() {
    Schedule schedule = new Schedule(1_000, 5);

    assertThat(schedule.dueNanos(0)).isEqualTo(1_000);
    assertThat(schedule.dueNanos(1)).isEqualTo(1_000 + TimeUnit.MILLISECONDS.toNanos(200));
    assertThat(schedule.dueNanos(5)).isEqualTo(1_000 + TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void an_uneven_rate_does_not_drift() {
    Schedule schedule = new Schedule(0, 3);

    assertThat(schedule.dueNanos(3 * 3_600)).isEqualTo(TimeUnit.HOURS.toNanos(1));
  }

  @Test
  void a_rate_of_zero_is_refused() {
    assertThatThrownBy(() -> new Schedule(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rate is 0.0; it must be positive");
  }
}
