package io.penstock.console.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/** Place in a list that has the newest first: that of the last one shown. Opaque outside. */
public record Cursor(Instant at, String id) {
  private static final char SEPARATOR = ' ';

  /** Microseconds are what PostgreSQL stores. */
  public String encode() {
    String text = ChronoUnit.MICROS.between(Instant.EPOCH, at) + " " + id;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** Empty if no list has handed this out. */
  public static Optional<Cursor> decode(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      int separator = text.indexOf(SEPARATOR);
      if (separator < 0 || text.indexOf('\0') >= 0) {
        return Optional.empty();
      }
      long micros = Long.parseLong(text.substring(0, separator));
      return Optional.of(
          new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), text.substring(separator + 1)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
