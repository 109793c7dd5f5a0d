package io.penstock.schema.language;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which known word somebody meant. */
final class Suggestion {
  private Suggestion() {}

  /** {@code "; did you mean 'notify'?"}, or the choice if it is short, or nothing. */
  static String among(Collection<String> known, String written) {
    return closest(known, written)
        .map(word -> "; did you mean '" + word + "'?")
        .orElseGet(() -> known.isEmpty() ? "" : "; there is " + String.join(", ", known));
  }

  private static Optional<String> closest(Collection<String> known, String written) {
    int limit = Math.max(1, written.length() / 3);
    return known.stream()
        .filter(word -> distance(word, written) <= limit)
        .min(Comparator.comparingInt(word -> distance(word, written)));
  }

  /** Levenshtein distance, letters compared without case. */
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        boolean same =
            Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
        current[j] =
            Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
