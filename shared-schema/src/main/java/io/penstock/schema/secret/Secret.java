package io.penstock.schema.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The value of a secret. Printing it shows nothing; only {@link #reveal} gives it out. */
public final class Secret {
  static final String MASK = "***";

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** For the call that needs it: never for a log, a message, an exception or a record. */
  public String reveal() {
    return value;
  }

  /** Compares in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(bytes(value), bytes(secret.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
