package io.penstock.console.projection;

/**
 * Text that PostgreSQL takes. It refuses U+0000, and its driver refuses half a surrogate pair; JSON
 * strings may hold both.
 */
public final class StorableText {
  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  public static boolean isStorable(String text) {
    return of(text).equals(text);
  }

  /** The text with what cannot be stored shown as U+FFFD; null for null. */
  public static String of(String text) {
    if (text == null) {
      return null;
    }
    StringBuilder clean = null;
    for (int i = 0; i < text.length(); i++) {
      char here = text.charAt(i);
      if (Character.isHighSurrogate(here)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (here == 0 || Character.isSurrogate(here)) {
        clean = clean == null ? new StringBuilder(text) : clean;
        clean.setCharAt(i, REPLACEMENT);
      }
    }
    return clean == null ? text : clean.toString();
  }
}
