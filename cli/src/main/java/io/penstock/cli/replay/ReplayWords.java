package io.penstock.cli.replay;

import io.penstock.cli.execution.Wording;
import io.penstock.cli.terminal.Colours.Tone;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A replay in words for people. */
final class ReplayWords {
  /** How long a letter may be in flight without a word about it. */
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final Set<String> ENDS = Set.of("stopped", "cancelled", "done");

  private ReplayWords() {}

  static boolean isEnd(Json replay) {
    return ENDS.contains(status(replay));
  }

  /** Whether all that could be sent has gone well; of nothing but refusals it has not. */
  static boolean wentWell(Json replay) {
    boolean nothing = count(replay, "succeeded") == 0 && count(replay, "refused") > 0;
    return "done".equals(status(replay)) && count(replay, "failedAgain") == 0 && !nothing;
  }

  static String status(Json replay) {
    return Wording.text(replay, "status");
  }

  /** 0 where it is missing. */
  static long count(Json object, String member) {
    return object.at(member) instanceof Long count ? count : 0;
  }

  static Tone tone(Json replay) {
    return switch (status(replay)) {
      case "done" -> wentWell(replay) ? Tone.GOOD : Tone.BAD;
      case "stopped", "cancelled" -> Tone.BAD;
      case "paused" -> Tone.WAITING;
      default -> null;
    };
  }

  /** {@code 120 of 500 sent: 100 succeeded, 3 failed again, 17 in flight, 380 waiting}. */
  static String progress(Json replay) {
    List<String> parts = new ArrayList<>();
    add(parts, count(replay, "succeeded"), "succeeded");
    add(parts, count(replay, "failedAgain"), "failed again");
    add(parts, inFlight(replay), "in flight");
    add(parts, count(replay, "waiting"), "waiting");
    add(parts, count(replay, "refused"), "refused");
    add(parts, count(replay, "cancelled"), "cancelled");
    return String.format(
            Locale.ROOT, "%,d of %,d sent", count(replay, "sent"), count(replay, "total"))
        + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  /** What the other counters leave. */
  private static long inFlight(Json replay) {
    long known =
        List.of("waiting", "succeeded", "failedAgain", "refused", "cancelled").stream()
            .mapToLong(member -> count(replay, member))
            .sum();
    return Math.max(0, count(replay, "total") - known);
  }

  /** Since when the oldest letter has had no outcome, if that is long; otherwise empty. */
  static String longInFlight(Json replay, Instant now) {
    Instant sent;
    try {
      sent = Instant.parse(Wording.text(replay, "oldestInFlight"));
    } catch (DateTimeParseException e) {
      return ""; // none is in flight
    }
    Duration since = Duration.between(sent, now);
    return since.compareTo(LONG) <= 0
        ? ""
        : "in flight for %s, sent %s".formatted(Wording.duration(since.toMillis()), sent);
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(String.format(Locale.ROOT, "%,d %s", count, what));
    }
  }

  /** How fast and how careful: {@code 10/s, sample of 5, stops when 3 fail again}. */
  static String pace(Json replay) {
    List<String> parts = new ArrayList<>();
    if (replay.at("rate") != null) {
      parts.add("at most " + Wording.text(replay, "rate"));
    }
    if (replay.at("sample") != null) {
      parts.add("sample of " + Wording.text(replay, "sample"));
    }
    if (replay.at("maxFailures") instanceof Long most) {
      parts.add("stops when %d fail again".formatted(most));
    }
    return String.join(", ", parts);
  }

  /** What was selected: {@code group 1a2b}, {@code workflow order, step charge}, {@code 3 ids}. */
  static String selection(Json replay) {
    Json selection = Json.of(replay.at("selection"));
    if (selection.at("ids") instanceof List<?> ids) {
      return Wording.counted(ids.size(), "id");
    }
    Object filter = selection.at("filter");
    List<String> parts = new ArrayList<>();
    if ((filter == null ? selection.value() : filter) instanceof Map<?, ?> members) {
      members.forEach((name, value) -> parts.add(name + " " + value));
    }
    return String.join(", ", parts);
  }
}
