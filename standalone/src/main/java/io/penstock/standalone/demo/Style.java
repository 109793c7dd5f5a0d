package io.penstock.standalone.demo;

/**
 * How signs look.
 *
 * @param color whether the terminal understands ANSI colours
 * @param caught for what has failed and got its fallback instead
 */
record Style(
    boolean color,
    String done,
    String moving,
    String waiting,
    String caught,
    String failed,
    String to) {
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RED = "\u001b[31m";
  private static final String DIM = "\u001b[2m";
  private static final String RESET = "\u001b[0m";

  static Style signs(boolean color) {
    return new Style(color, "✓", "•", "↻", "↷", "✗", "→");
  }

  /** For terminals that know ASCII only. */
  static Style letters(boolean color) {
    return new Style(color, "+", "~", "w", "f", "x", ">");
  }

  String good(String text) {
    return paint(GREEN, text);
  }

  String pending(String text) {
    return paint(YELLOW, text);
  }

  String bad(String text) {
    return paint(RED, text);
  }

  String faint(String text) {
    return paint(DIM, text);
  }

  private String paint(String code, String text) {
    return color ? code + text + RESET : text;
  }
}
