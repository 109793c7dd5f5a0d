package io.penstock.console.replay;

import io.penstock.console.deadletter.LetterSelection;
import io.penstock.console.deadletter.Wish;
import io.penstock.console.execution.Problem;
import io.penstock.console.execution.ProblemException;
import io.penstock.console.projection.StorableText;
import io.penstock.schema.json.Json;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody wants replayed, and how.
 *
 * @param patch of what the commands carry; the same for all letters
 * @param version of the workflow to go on with
 * @param rate as it was written, e.g. {@code 10/s}
 */
record ReplayWish(
    LetterSelection selection,
    String by,
    String reason,
    boolean dryRun,
    Optional<Patch> patch,
    Optional<String> version,
    String rate,
    double perSecond,
    int sample,
    int maxFailures) {
  private static final Set<String> MEMBERS =
      Set.of(
          "selection",
          "by",
          "reason",
          "dryRun",
          "patch",
          "version",
          "rate",
          "sample",
          "maxFailures");

  private static final Pattern RATE = Pattern.compile("([1-9]\\d{0,3})/(s|min)");
  private static final double SECONDS_OF_MINUTE = 60;
  private static final double MAX_PER_SECOND = 500;
  private static final int MAX_NUMBER = 100_000;
  private static final int MAX_VERSION = 100;

  /** What ingest accepts of an operator's wish. */
  private static final int MAX_BY = 100;

  private static final int MAX_REASON = 500;

  /**
   * @throws ProblemException saying which member is wrong
   */
  static ReplayWish read(byte[] body) {
    Wish wish = Wish.read(body, MEMBERS);
    String rate = rate(wish.member("rate"));
    return new ReplayWish(
        LetterSelection.of(wish.member("selection")),
        by(wish),
        reason(wish),
        flag(wish.member("dryRun")),
        Optional.ofNullable(wish.member("patch")).map(patch -> Patch.of(Json.of(patch))),
        Optional.ofNullable(wish.member("version")).map(ReplayWish::version),
        rate,
        perSecond(rate),
        number("sample", wish.member("sample"), 0, 5),
        number("maxFailures", wish.member("maxFailures"), 1, 3));
  }

  static String by(Wish wish) {
    return checked("by", wish.by(), MAX_BY);
  }

  static String reason(Wish wish) {
    return checked("reason", wish.reason(), MAX_REASON);
  }

  /** Whether the call to the outside stays the same one, with its Idempotency-Key. */
  boolean sameKey() {
    return patch.isEmpty() && version.isEmpty();
  }

  static ProblemException refused(String detail) {
    return new ProblemException(
        new Problem(422, "invalid-request", "The request cannot be carried out", detail));
  }

  private static String checked(String name, String text, int longest) {
    if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
      throw refused(
          "%s has at most %d characters here, none of them a control character"
              .formatted(name, longest));
    }
    return text;
  }

  private static boolean flag(Object value) {
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw refused("dryRun is true or false");
  }

  private static String version(Object value) {
    if (value instanceof String text
        && !text.isBlank()
        && text.length() <= MAX_VERSION
        && StorableText.isStorable(text)) {
      return text;
    }
    throw refused("version is one of the workflow's, such as 1.0.1");
  }

  private static String rate(Object value) {
    if (value == null) {
      return "10/s";
    }
    if (value instanceof String text
        && RATE.matcher(text).matches()
        && perSecond(text) <= MAX_PER_SECOND) {
      return text;
    }
    throw refused("rate is letters per time, such as 10/s or 30/min, up to 500/s");
  }

  private static double perSecond(String rate) {
    Matcher parts = RATE.matcher(rate);
    if (!parts.matches()) {
      throw new IllegalArgumentException("checked before");
    }
    double letters = Double.parseDouble(parts.group(1));
    return "s".equals(parts.group(2)) ? letters : letters / SECONDS_OF_MINUTE;
  }

  private static int number(String name, Object value, int lowest, int otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Long number && number >= lowest && number <= MAX_NUMBER) {
      return number.intValue();
    }
    throw refused("%s is a whole number from %d to %d".formatted(name, lowest, MAX_NUMBER));
  }
}
