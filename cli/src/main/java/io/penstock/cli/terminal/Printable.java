package io.penstock.cli.terminal;

/**
 * Text from elsewhere, made safe for a terminal: what would move the cursor, colour the screen or
 * turn the direction of writing is shown escaped instead.
 */
public final class Printable {
  private Printable() {}

  /** For one line. */
  public static String line(String text) {
    return escape(text, false);
  }

  /** Keeps line ends. */
  public static String lines(String text) {
    return escape(text, true);
  }

  /** JSON text that stays the same JSON: only what stands in strings can need an escape. */
  public static String json(String text) {
    return escape(text, true);
  }

  /** YAML text that stays the same YAML, as long as what is no plain letter stands in quotes. */
  public static String yaml(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (character == '\n' || !isUnsafe(character)) {
                safe.appendCodePoint(character);
              } else {
                safe.append(String.format("\\U%08x", character));
              }
            });
    return safe.toString();
  }

  private static String escape(String text, boolean keepLineEnds) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (character == '\n' && keepLineEnds) {
                safe.append('\n');
              } else if (character == '\n') {
                safe.append("\\n");
              } else if (character == '\t') {
                safe.append(keepLineEnds ? "\t" : "\\t");
              } else if (isUnsafe(character)) {
                for (char unit : Character.toChars(character)) {
                  safe.append(String.format("\\u%04x", (int) unit));
                }
              } else {
                safe.appendCodePoint(character);
              }
            });
    return safe.toString();
  }

  private static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
