package io.penstock.cli.execution;

import io.penstock.cli.terminal.Colours.Tone;
import io.penstock.schema.json.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Values of an answer in words for people. A value that is missing is an empty text. */
public final class Wording {
  private static final long SECOND_MS = 1_000;
  private static final long MINUTE_MS = 60 * SECOND_MS;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final int MICRO_DIGITS = 6;
  private static final int MAX_PAYLOAD_CHARACTERS = 160;

  private Wording() {}

  public static String text(Json object, String... path) {
    Object value = object.at(path);
    return value == null ? "" : value.toString();
  }

  /** {@code 250 ms}, {@code 7.0 s}, {@code 2 min 5 s}, {@code 3 h 20 min}. */
  public static String duration(Object millis) {
    if (!(millis instanceof Long ms)) {
      return "";
    }
    if (ms < SECOND_MS) {
      return ms + " ms";
    }
    if (ms < MINUTE_MS) {
      return String.format(Locale.ROOT, "%.1f s", ms / (double) SECOND_MS);
    }
    return ms < HOUR_MS
        ? "%d min %d s".formatted(ms / MINUTE_MS, ms % MINUTE_MS / SECOND_MS)
        : "%d h %d min".formatted(ms / HOUR_MS, ms % HOUR_MS / MINUTE_MS);
  }

  /** Milliseconds between two instants as an answer has them; empty if one is missing. */
  static Optional<Long> between(Object from, Object to) {
    if (from == null || to == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Duration.between(Instant.parse(from.toString()), Instant.parse(to.toString()))
              .toMillis());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code 9,998 of 10,000 done, 2 failed}; empty where there are none. */
  static String rounds(Json rounds) {
    if (!(rounds.at("completed") instanceof Long completed)) {
      return "";
    }
    Object total = rounds.at("total");
    return String.format(Locale.ROOT, "%,d", completed)
        + (total instanceof Long all ? String.format(Locale.ROOT, " of %,d", all) : "")
        + " done"
        + part(rounds.at("failed"), "failed")
        + part(rounds.at("cancelled"), "cancelled")
        + part(rounds.at("running"), "at work");
  }

  private static String part(Object count, String what) {
    return count instanceof Long number && number > 0
        ? String.format(Locale.ROOT, ", %,d %s", number, what)
        : "";
  }

  /** {@code 1 step}, {@code 10,000 steps}. */
  public static String counted(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  static boolean isEmpty(Object list) {
    return !(list instanceof List<?> elements) || elements.isEmpty();
  }

  /** {@code $0.00125}; empty when no call had a price, which is not zero. */
  public static String cost(Json consumption) {
    return consumption.at("costMicroUsd") instanceof Long micros
        ? "$" + BigDecimal.valueOf(micros, MICRO_DIGITS).stripTrailingZeros().toPlainString()
        : "";
  }

  /** {@code 340 tokens (300 in, 40 out), $0.00125}; empty when no model was asked. */
  static String consumption(Json consumption) {
    long in = consumption.at("inputTokens") instanceof Long tokens ? tokens : 0;
    long out = consumption.at("outputTokens") instanceof Long tokens ? tokens : 0;
    if (in + out == 0) {
      return "";
    }
    String cost = cost(consumption);
    return "%d tokens (%d in, %d out)%s"
        .formatted(in + out, in, out, cost.isEmpty() ? ", price unknown" : ", " + cost);
  }

  /** {@code retry of company since 2026-11-22T12:00:01Z until 2026-11-22T12:00:05Z}. */
  static String waitsFor(Json waiting) {
    return text(waiting, "what")
        + ifAny(" of ", text(waiting, "step"))
        + ifAny(" since ", text(waiting, "since"))
        + ifAny(" until ", text(waiting, "until"));
  }

  private static String ifAny(String word, String text) {
    return text.isEmpty() ? "" : word + text;
  }

  /** {@code runtime: 422 from crm}. */
  public static String error(Object error) {
    return error == null
        ? ""
        : text(Json.of(error), "type") + ": " + text(Json.of(error), "message");
  }

  /** What a step, or the last attempt at it, failed of. */
  static String failure(Json step) {
    Object error = step.at("error");
    if (error == null && step.at("attempts") instanceof List<?> attempts && !attempts.isEmpty()) {
      error = Json.of(attempts.getLast()).at("error");
    }
    return error(error);
  }

  /** JSON in one line, cut where it gets long. */
  public static String payload(Object value) {
    String json = Json.of(value).toString();
    return json.length() <= MAX_PAYLOAD_CHARACTERS
        ? json
        : json.substring(0, MAX_PAYLOAD_CHARACTERS)
            + "… ("
            + json.length()
            + " characters; -o json)";
  }

  /** What a status of an execution, step or attempt means for who looks. */
  static Tone tone(String status) {
    return switch (status) {
      case "COMPLETED", "succeeded" -> Tone.GOOD;
      case "FAILED", "SUSPENDED", "CANCELLED", "COMPENSATED", "FAILED_TO_COMPENSATE", "failed" ->
          Tone.BAD;
      case "WAITING", "PAUSED", "COMPENSATING", "deferred" -> Tone.WAITING;
      default -> null;
    };
  }
}
