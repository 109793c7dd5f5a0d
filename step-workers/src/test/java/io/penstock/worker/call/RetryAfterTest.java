package io.penstock.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | PT0S",
        "7 | PT7S",
        "Sun, 22 Nov 2026 10:00:30 GMT | PT30S",
        "Sun, 22 Nov 2026 09:00:00 GMT | PT0S",
        "999999999 | PT24H"
      })
  void seconds_and_dates_are_read(String header, Duration expected) {
    assertThat(of(header)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999999999999"})
  void what_cannot_be_read_is_no_wish(String header) {
    assertThat(of(header)).isEmpty();
  }

  @Test
  void no_header_is_no_wish() {
    assertThat(RetryAfter.of(HttpHeaders.of(Map.of(), (name, value) -> true), NOW)).isEmpty();
  }

  private static Optional<Duration> of(String header) {
    return RetryAfter.of(
        HttpHeaders.of(Map.of("Retry-After", List.of(header)), (name, value) -> true), NOW);
  }
}
