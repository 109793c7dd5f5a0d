package io.penstock.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private final Summary summary =
      Summary.of(
          List.of(
              ScreenText.completed(27, "high", "deal"),
              ScreenText.completed(7, "low", "archive"),
              ExecutionProgress.ACCEPTED),
          3,
          2,
          Duration.ofMillis(1234));

  @Test
  void programs_get_one_json_line() {
    assertThat(summary.json())
        .isEqualTo(
            "{\"executions\":3,\"completed\":2,\"failed\":1,\"routes\":{\"high\":1,\"medium\":0,\"low\":1},\"notifications\":2,\"seconds\":1.234}");
  }

  @Test
  void people_get_one_sentence() {
    assertThat(summary)
        .hasToString(
            "2 of 3 executions completed in 1.2 s: 1 high, 0 medium, 1 low; 2 notifications");
  }
}
