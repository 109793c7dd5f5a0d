package io.penstock.console.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Base64;
import java.util.Optional;

/**
 * Bytes that may be text, or anything.
 *
 * @param text present if they are UTF-8, which is how nearly all are
 * @param base64 present if not
 * @param truncated whether there are more
 */
record LetterBytes(Optional<String> text, Optional<String> base64, boolean truncated) {
  /** Of what is cut off, a character may be half: up to three of its bytes. */
  private static final int LONGEST_HALF = 3;

  /** The first ones, up to a limit. */
  static LetterBytes of(byte[] bytes, int limit) {
    boolean truncated = bytes.length > limit;
    int length = Math.min(bytes.length, limit);
    Optional<String> text = text(bytes, length, truncated);
    return new LetterBytes(
        text,
        text.isPresent()
            ? Optional.empty()
            : Optional.of(
                UTF_8
                    .decode(Base64.getEncoder().encode(ByteBuffer.wrap(bytes, 0, length)))
                    .toString()),
        truncated);
  }

  private static Optional<String> text(byte[] bytes, int length, boolean truncated) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(length);
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
    CoderResult result = decoder.decode(in, out, !truncated);
    try {
      if (result.isError()) {
        result.throwException();
      }
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
    return in.remaining() > LONGEST_HALF ? Optional.empty() : Optional.of(out.flip().toString());
  }
}
