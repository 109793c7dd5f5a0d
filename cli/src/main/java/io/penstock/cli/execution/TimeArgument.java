package io.penstock.cli.execution;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A point in time as people write it: an instant, or how long ago. */
public final class TimeArgument {
  public static final String ACCEPTED =
      "15m, 24h or 7d ago, or an instant such as 2026-11-22T14:00:00Z";
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

  private TimeArgument() {}

  /** Empty if it is neither. */
  public static Optional<Instant> parse(String text, Clock clock) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return Optional.of(
          clock.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2))));
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The value of an option, for a query.
   *
   * @param written null if the option was not given
   * @return null if it was not given
   * @throws ParameterException if it is neither
   */
  public static String instant(CommandLine command, String option, String written) {
    return written == null
        ? null
        : parse(written, Clock.systemUTC())
            .orElseThrow(
                () ->
                    new ParameterException(
                        command, "%s is '%s'; accepted is %s".formatted(option, written, ACCEPTED)))
            .toString();
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
