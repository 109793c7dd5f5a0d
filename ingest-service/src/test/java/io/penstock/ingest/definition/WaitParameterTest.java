package io.penstock.ingest.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.ingest.problem.RejectedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitParameterTest {
  @ParameterizedTest
  @CsvSource({"0s,PT0S", "10s,PT10S", "500ms,PT0.5S", "1m,PT1M", "PT3S,PT3S"})
  void durations_are_read(String text, Duration wait) throws Exception {
    assertThat(WaitParameter.of(text, Duration.ofHours(1))).isEqualTo(wait);
  }

  @Test
  void nothing_said_is_the_default() throws Exception {
    assertThat(WaitParameter.of(null, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "-1s", "2m", "xms", "99999999999999999999s"})
  void what_is_no_duration_up_to_a_minute_is_refused(String text) {
    assertThatThrownBy(() -> WaitParameter.of(text, Duration.ZERO))
        .isInstanceOf(RejectedException.class);
  }
}
