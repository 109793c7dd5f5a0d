package io.penstock.console.deadletter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words by which a letter is found. Cut here rather than by PostgreSQL's parser, so that what
 * is stored and what is asked for are cut alike: that parser takes an address for one word.
 */
final class SearchWords {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]++");
  private static final int MAX_WORDS = 200;
  private static final int MAX_LENGTH = 64;

  private SearchWords() {}

  /** Letters and digits in lower case, each word once and at most {@value #MAX_LENGTH} long. */
  static List<String> of(String... texts) {
    return Arrays.stream(texts)
        .filter(text -> text != null)
        .flatMap(NO_WORD::splitAsStream)
        .filter(word -> !word.isEmpty())
        .map(word -> word.toLowerCase(Locale.ROOT))
        .map(word -> word.length() > MAX_LENGTH ? word.substring(0, MAX_LENGTH) : word)
        .distinct()
        .limit(MAX_WORDS)
        .toList();
  }

  /** As a tsquery: every word of the text begins a word of the letter; empty if there is none. */
  static String query(String text) {
    return of(text).stream().map(word -> "'" + word + "':*").collect(Collectors.joining(" & "));
  }
}
