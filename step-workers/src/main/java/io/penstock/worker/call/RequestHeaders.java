package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Headers of one request, by name in any case; a later value replaces an earlier one. */
final class RequestHeaders {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** What belongs to the connection or is ours to say. */
  private static final Set<String> REFUSED =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final String who;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  RequestHeaders(String who) {
    this.who = who;
  }

  /**
   * @throws CallFailedException if it could change the request around it
   */
  RequestHeaders put(String name, String value) throws CallFailedException {
    if (!NAME.matcher(name).matches() || REFUSED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new CallFailedException(
          ErrorType.CONFIGURATION, who + ": header '" + printable(name) + "' may not be set");
    }
    if (value.chars().anyMatch(RequestHeaders::isControl)) {
      throw new CallFailedException(
          ErrorType.VALIDATION,
          who + ": the value of header '" + name + "' contains a line break or control character");
    }
    headers.put(name, value);
    return this;
  }

  Map<String, String> asMap() {
    return Collections.unmodifiableMap(headers);
  }

  private static boolean isControl(int character) {
    return (character < ' ' && character != '\t') || character == 0x7f;
  }

  private static String printable(String name) {
    return name.replaceAll("[^ -~]", "?");
  }
}
