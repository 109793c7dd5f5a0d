package io.penstock.schema.language;

/** A document that cannot be read at all; the rest of its file is not looked at. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Spot spot;

  UnreadableException(Spot spot, String message) {
    super(message);
    this.spot = spot;
  }

  Spot spot() {
    return spot;
  }
}
