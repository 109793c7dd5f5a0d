package io.penstock.console.projection;

/** Somebody else has moved the stored position: this reader must start again from there. */
public final class OvertakenException extends Exception {
  private static final long serialVersionUID = 1L;

  OvertakenException(String message) {
    super(message);
  }
}
