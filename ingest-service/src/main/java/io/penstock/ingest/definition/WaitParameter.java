package io.penstock.ingest.definition;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** How long a request is willing to wait: {@code 500ms}, {@code 10s} or ISO 8601. */
final class WaitParameter {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private WaitParameter() {}

  /**
   * @param text null: the request says nothing
   * @throws RejectedException ({@code malformed}) if it is no duration up to a minute
   */
  static Duration of(String text, Duration otherwise) throws RejectedException {
    if (text == null) {
      return otherwise;
    }
    try {
      Duration wait = parse(text.toLowerCase(Locale.ROOT));
      if (!wait.isNegative() && wait.compareTo(LONGEST) <= 0) {
        return wait;
      }
    } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
      // Answered below like one out of range.
    }
    throw new RejectedException(
        Reason.MALFORMED, "?wait= must be a duration up to a minute, like 10s");
  }

  private static Duration parse(String text) {
    if (text.endsWith("ms")) {
      return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
    }
    return Duration.parse(text.startsWith("p") ? text : "pt" + text);
  }
}
