package io.penstock.standalone.dev;

/**
 * The server could not be brought up. The message says what was attempted, what stands in the way
 * and what to do, and is shown as it is to whoever typed the command.
 */
public final class StartFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public StartFailedException(String message) {
    super(message);
  }

  public StartFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
