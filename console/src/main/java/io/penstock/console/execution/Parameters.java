package io.penstock.console.execution;

import io.penstock.console.projection.StorableTime;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads query parameters, and refuses them by saying what is accepted. */
public final class Parameters {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h|d)");

  private Parameters() {}

  public static ProblemException refused(String name, String value, String accepted) {
    return new ProblemException(
        Problem.invalidParameter("%s is '%s'; accepted is %s".formatted(name, value, accepted)));
  }

  /** A misspelt parameter would be a question that nobody answers. */
  public static void refuseUnknown(MultivaluedMap<String, String> given, Set<String> accepted) {
    for (String name : given.keySet()) {
      if (!accepted.contains(name)) {
        throw new ProblemException(
            Problem.invalidParameter(
                "there is no parameter '%s'; accepted are %s"
                    .formatted(name, String.join(", ", new TreeSet<>(accepted)))));
      }
    }
  }

  public static boolean flag(String name, String value) {
    if (value != null && !Set.of("true", "false").contains(value)) {
      throw refused(name, value, "true or false");
    }
    return "true".equals(value);
  }

  public static Optional<Long> number(String name, String value, long lowest, long highest) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number >= lowest && number <= highest) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Answered below.
    }
    throw refused(
        name,
        value,
        highest == Long.MAX_VALUE
            ? "a whole number from %d on".formatted(lowest)
            : "a whole number from %d to %d".formatted(lowest, highest));
  }

  public static Instant instant(String name, String text) {
    try {
      Instant time = Instant.parse(text);
      if (StorableTime.of(time).equals(time)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Answered below.
    }
    throw refused(name, text, "an ISO 8601 instant such as 2026-11-22T14:00:00Z");
  }

  /** Of a page before. */
  public static Cursor cursor(String text) {
    return Cursor.decode(text)
        .orElseThrow(() -> refused("after", text, "the value 'next' of a page before"));
  }

  /**
   * {@code 500ms}, {@code 10s}, {@code 15m} or {@code PT10S}; nothing waits longer than the bound.
   */
  static Duration duration(String name, String value, Duration longest) {
    if (value == null) {
      return Duration.ZERO;
    }
    try {
      Matcher brief = SHORT_DURATION.matcher(value);
      Duration duration =
          !brief.matches()
              ? Duration.parse(value)
              : brief(Long.parseLong(brief.group(1)), brief.group(2));
      if (!duration.isNegative() && duration.compareTo(longest) <= 0) {
        return duration;
      }
    } catch (DateTimeException e) {
      // Answered below.
    }
    throw refused(name, value, "0s to %ds, such as 500ms or 10s".formatted(longest.toSeconds()));
  }

  private static Duration brief(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
