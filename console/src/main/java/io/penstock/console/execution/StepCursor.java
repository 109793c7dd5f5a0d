package io.penstock.console.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;

/** Place among the steps of an execution, in the order in which they began. Opaque outside. */
record StepCursor(long sequence, int fact, String path) {
  private static final int PARTS = 3;

  String encode() {
    String text = sequence + " " + fact + " " + path;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** Empty if no page has handed this out. */
  static Optional<StepCursor> decode(String cursor) {
    try {
      String[] parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(" ", PARTS);
      if (parts.length < PARTS || parts[2].indexOf('\0') >= 0) {
        return Optional.empty();
      }
      return Optional.of(
          new StepCursor(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), parts[2]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
