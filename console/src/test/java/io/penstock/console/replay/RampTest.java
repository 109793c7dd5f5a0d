package io.penstock.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RampTest {
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private final InstantSource clock = () -> now;

  @Test
  void begins_with_one_a_second_and_doubles_every_two_seconds() {
    Ramp ramp = new Ramp(100, clock);

    assertThat(sentIn(ramp, Duration.ofSeconds(2))).isBetween(2, 3);
    assertThat(sentIn(ramp, Duration.ofSeconds(2))).isBetween(3, 5);
    assertThat(sentIn(ramp, Duration.ofSeconds(2))).isBetween(7, 9);
    assertThat(sentIn(ramp, Duration.ofSeconds(2))).isBetween(15, 17);
  }

  @Test
  void never_goes_faster_than_asked_for() {
    Ramp ramp = new Ramp(10, clock);
    sentIn(ramp, Duration.ofMinutes(1));

    assertThat(sentIn(ramp, Duration.ofSeconds(10))).isBetween(99, 101);
  }

  @Test
  void keeps_a_rate_below_one_a_second() {
    Ramp ramp = new Ramp(0.5, clock);

    assertThat(sentIn(ramp, Duration.ofSeconds(20))).isBetween(10, 11);
  }

  @Test
  void saves_up_no_more_than_a_second() {
    Ramp ramp = new Ramp(10, clock);
    ramp.allowed();
    now = now.plus(Duration.ofHours(1));

    assertThat(ramp.allowed()).isEqualTo(10);
  }

  @Test
  void a_clock_that_goes_back_lets_nothing_out() {
    Ramp ramp = new Ramp(10, clock);
    ramp.sent(ramp.allowed());
    now = now.minusSeconds(60);

    assertThat(ramp.allowed()).isZero();
  }

  private int sentIn(Ramp ramp, Duration time) {
    int sent = 0;
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plusMillis(100);
      int allowed = ramp.allowed();
      ramp.sent(allowed);
      sent += allowed;
    }
    return sent;
  }
}
