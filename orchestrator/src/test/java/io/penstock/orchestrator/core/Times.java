package io.penstock.orchestrator.core;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Times of one day, in UTC. */
final class Times {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

  private Times() {}

  /**
   * @param time {@code 10:00:09}, or {@code 2T10:00:09} for the day after the first
   */
  static Instant at(String time) {
    int separator = time.indexOf('T');
    int day = separator < 0 ? 1 : Integer.parseInt(time.substring(0, separator));
    return DAY.plusDays(day - 1L)
        .atTime(LocalTime.parse(time.substring(separator + 1)))
        .toInstant(ZoneOffset.UTC);
  }
}
