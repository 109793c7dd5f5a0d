package io.penstock.schema.secret;

/** There is no value for a reference; the message says where it was looked for. */
public final class UnknownSecretException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnknownSecretException(String message) {
    super(message);
  }
}
