package io.penstock.schema.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 128 bits of SHA-256 over several texts, in 26 characters that fit topics and URLs. */
public final class Hash {
  private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuv".toCharArray();
  private static final int BITS = 128;
  private static final int BITS_PER_DIGIT = 5;

  private Hash() {}

  /** Lengths are hashed too, so that ("ab","c") and ("a","bc") differ. */
  public static String of(String... parts) {
    byte[] digest = sha256(parts);
    char[] text = new char[(BITS + BITS_PER_DIGIT - 1) / BITS_PER_DIGIT];
    int buffer = 0;
    int bits = 0;
    int next = 0;
    for (int i = 0; i < BITS / Byte.SIZE; i++) {
      buffer = (buffer << Byte.SIZE) | (digest[i] & 0xff);
      bits += Byte.SIZE;
      while (bits >= BITS_PER_DIGIT) {
        bits -= BITS_PER_DIGIT;
        text[next++] = DIGITS[(buffer >> bits) & 0x1f];
      }
    }
    text[next] = DIGITS[(buffer << (BITS_PER_DIGIT - bits)) & 0x1f];
    return new String(text);
  }

  /** A number in [0, 1) that only depends on the texts: the same in every process. */
  public static double fraction(String... parts) {
    return (ByteBuffer.wrap(sha256(parts)).getLong() >>> 11) * 0x1.0p-53;
  }

  private static byte[] sha256(String... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha.update(bytes);
      }
      return sha.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
