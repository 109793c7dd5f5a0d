package io.penstock.worker.call;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How long the other side asks to wait: {@code Retry-After} in seconds or as a date, {@code
 * retry-after-ms}.
 */
final class RetryAfter {
  /** A longer wish is cut: a step that sleeps for a week is a step that is lost. */
  static final Duration LONGEST = Duration.ofHours(24);

  private RetryAfter() {}

  /** Empty if nobody can read it; never negative. */
  static Optional<Duration> of(String header, Instant now) {
    String text = header.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, until)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** From {@code retry-after-ms}, which some send besides because it is finer. */
  static Optional<Duration> ofMillis(String header) {
    String text = header.strip();
    return text.matches("\\d{1,12}(\\.\\d{1,9})?")
        ? Optional.of(bounded(Duration.ofMillis((long) Math.ceil(Double.parseDouble(text)))))
        : Optional.empty();
  }

  private static Duration bounded(Duration wish) {
    if (wish.isNegative()) {
      return Duration.ZERO;
    }
    return wish.compareTo(LONGEST) > 0 ? LONGEST : wish;
  }
}
