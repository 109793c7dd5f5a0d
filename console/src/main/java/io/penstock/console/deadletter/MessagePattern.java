package io.penstock.console.deadletter;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stays the same when the same failure happens to somebody else: the message with everything
 * replaced that names one case. Total, and linear in the length of the text.
 */
final class MessagePattern {
  /** Of the text that is looked at. */
  private static final int MAX_TEXT = 2_000;

  /** Of what comes out. */
  static final int MAX_PATTERN = 300;

  /** In this order: what is larger first, so that its parts are not replaced one by one. */
  private static final List<Replaced> REPLACED =
      List.of(
          new Replaced("[\\p{Cntrl}\\s\\u00a0]++", " "),
          new Replaced("[\\w.+-]++@[\\w-]++(?:\\.[\\w-]++)*+", "<email>"),
          new Replaced("(?<![\\w])\"[^\"]*+\"", "<value>"),
          new Replaced("(?<![\\w])'[^']*+'(?!\\w)", "<value>"),
          new Replaced("(?<![\\w])`[^`]*+`", "<value>"),
          new Replaced("(?<=[?&])[^\\s\"'<>)]++", "<query>"),
          new Replaced(
              "(?i)\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b", "<uuid>"),
          new Replaced(
              "\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d[\\d:.,]*+(?:Z|[+-]\\d\\d:?\\d\\d)?+",
              "<time>"),
          new Replaced("(?i)\\b0x[0-9a-f]++\\b", "<hex>"),
          // Letters and digits mixed, and long: an id of somebody's. Hex is one of these too,
          // unless
          // it happens to have no digit, or no letter.
          new Replaced("(?i)\\b(?=[0-9a-f]*\\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}+\\b", "<hex>"),
          new Replaced("\\b(?=[\\w~-]*\\d)(?=[\\w~-]*[A-Za-z])[\\w~-]{6,}+", "<id>"),
          new Replaced("\\d++(?:[.,:]\\d++)*+", "<n>"));

  private record Replaced(Pattern pattern, String by) {
    Replaced(String regex, String by) {
      this(Pattern.compile(regex), Matcher.quoteReplacement(by));
    }
  }

  private MessagePattern() {}

  static String of(String message) {
    String text = message.length() > MAX_TEXT ? message.substring(0, MAX_TEXT) : message;
    for (Replaced each : REPLACED) {
      text = each.pattern().matcher(text).replaceAll(each.by());
    }
    text = text.strip();
    return text.length() > MAX_PATTERN ? text.substring(0, MAX_PATTERN - 1) + "…" : text;
  }
}
