package io.penstock.console.execution;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads query parameters, and refuses them by saying what is accepted. */
final class Parameters {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h|d)");

  private Parameters() {}

  static ProblemException refused(String name, String value, String accepted) {
    return new ProblemException(
        Problem.invalidParameter("%s is '%s'; accepted is %s".formatted(name, value, accepted)));
  }

  /** A misspelt parameter would be a question that nobody answers. */
  static void refuseUnknown(MultivaluedMap<String, String> given, Set<String> accepted) {
    for (String name : given.keySet()) {
      if (!accepted.contains(name)) {
        throw new ProblemException(
            Problem.invalidParameter(
                "there is no parameter '%s'; accepted are %s"
                    .formatted(name, String.join(", ", new TreeSet<>(accepted)))));
      }
    }
  }

  static boolean flag(String name, String value) {
    if (value != null && !Set.of("true", "false").contains(value)) {
      throw refused(name, value, "true or false");
    }
    return "true".equals(value);
  }

  static Optional<Long> number(String name, String value, long lowest, long highest) {
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

  /** {@code 500ms}, {@code 10s} or {@code PT10S}; nothing waits longer than the bound. */
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
