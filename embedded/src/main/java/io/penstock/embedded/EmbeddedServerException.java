package io.penstock.embedded;

/**
 * An embedded server could not be started or kept going.
 *
 * <p>The message says what was attempted, on which directory or port, what stands in the way and
 * what to do; it is fit to be shown to whoever typed the command.
 */
public final class EmbeddedServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
