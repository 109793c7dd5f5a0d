package io.penstock.console.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Name of a group: the same for letters that have the same cause, as far as that can be told. */
final class Fingerprint {
  private static final int BYTES = 8;

  private Fingerprint() {}

  /** 16 hexadecimal digits. A part that is null differs from one that is empty. */
  static String of(String... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        sha.update((byte) (part == null ? 0 : 1));
        sha.update((part == null ? "" : part).getBytes(UTF_8));
        sha.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
