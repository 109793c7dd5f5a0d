package io.penstock.log;

import java.util.Map;
import java.util.Set;

/**
 * Takes the values out of a message that slf4j has put in front of it, {@code name=value name=value
 * text}: the logging backend that we have does not take them apart from the text. Ends at the first
 * name that is not known; the known ones have values without spaces, so that a value cannot pretend
 * to be another name.
 */
final class LeadingValues {
  private static final Set<String> KNOWN =
      Set.of(
          "executionId",
          "workflow",
          "version",
          "step",
          "kind",
          "attempt",
          "delivery",
          "topic",
          "partition",
          "offset");

  private LeadingValues() {}

  /**
   * @return what is left of the message
   */
  static String moveTo(Map<String, Object> members, String message) {
    String rest = message == null ? "" : message;
    while (true) {
      int equals = rest.indexOf('=');
      int space = rest.indexOf(' ', equals);
      if (equals < 0 || space < 0 || !KNOWN.contains(rest.substring(0, equals))) {
        return rest;
      }
      members.put(rest.substring(0, equals), rest.substring(equals + 1, space));
      rest = rest.substring(space + 1);
    }
  }
}
