package io.penstock.benchmark.world;

/**
 * Finds in a request which lead it is about. By hand: parsing each body would be most of what the
 * stub costs.
 */
final class LeadIds {
  private LeadIds() {}

  /** The text of a member at any depth, the first of that name; empty if there is none. */
  static String member(String json, String name) {
    String quoted = '"' + name + '"';
    for (int at = json.indexOf(quoted); at >= 0; at = json.indexOf(quoted, at + 1)) {
      int colon = skipSpace(json, at + quoted.length());
      if (colon >= json.length() || json.charAt(colon) != ':') {
        continue;
      }
      int open = skipSpace(json, colon + 1);
      if (open < json.length() && json.charAt(open) == '"') {
        int close = json.indexOf('"', open + 1);
        return close < 0 ? "" : json.substring(open + 1, close);
      }
    }
    return "";
  }

  /** Of a prompt that speaks of {@code lead ID}: the ID; empty if there is none. */
  static String inPrompt(String body) {
    for (int at = body.indexOf("lead "); at >= 0; at = body.indexOf("lead ", at + 1)) {
      int begin = at + "lead ".length();
      int end = begin;
      while (end < body.length() && mayBeInside(body.charAt(end))) {
        end++;
      }
      while (end > begin && !isWordCharacter(body.charAt(end - 1))) {
        end--; // a full stop behind it is not part of it
      }
      if (end > begin) {
        return body.substring(begin, end);
      }
    }
    return "";
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean mayBeInside(char c) {
    return isWordCharacter(c) || c == '.' || c == ':' || c == '-';
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
