package io.penstock.ingest.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.schema.json.Json;
import io.penstock.schema.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON from strangers. What passes is carried on as bytes and must stay readable for
 * everybody behind: so it is UTF-8 in the strict sense (the parser alone would let overlong forms
 * and UTF-16 through), without a byte order mark, and has no half of a surrogate pair in a string.
 */
public final class StrictJson {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final int ENCODING_PATTERN_BYTES = 4;

  private StrictJson() {}

  /**
   * @throws RejectedException ({@code malformed}) with line and column, never with the content
   */
  public static Json parse(byte[] body) throws RejectedException {
    byte[] text = withoutByteOrderMark(body);
    requireUtf8(text);
    Json json = parseText(text);
    if (hasEscapedSurrogate(text) && !wellFormed(json.value())) {
      throw new RejectedException(
          Reason.MALFORMED, "a string holds half of a surrogate pair (\\ud800 to \\udfff alone)");
    }
    return json;
  }

  /** False for text with half of a surrogate pair, which has no UTF-8 form. */
  public static boolean wellFormed(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }

  private static byte[] withoutByteOrderMark(byte[] body) {
    int mark = BYTE_ORDER_MARK.length;
    return body.length >= mark && Arrays.equals(body, 0, mark, BYTE_ORDER_MARK, 0, mark)
        ? Arrays.copyOfRange(body, mark, body.length)
        : body;
  }

  private static void requireUtf8(byte[] text) throws RejectedException {
    for (int i = 0; i < Math.min(ENCODING_PATTERN_BYTES, text.length); i++) {
      if (text[i] == 0) {
        throw new RejectedException(
            Reason.MALFORMED, "the body looks like UTF-16 or UTF-32: send JSON as UTF-8");
      }
    }
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new RejectedException(Reason.MALFORMED, "the body is not UTF-8: send JSON as UTF-8");
    }
  }

  private static Json parseText(byte[] text) throws RejectedException {
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the document.
      JsonLocation place = e.getLocation();
      throw new RejectedException(
          Reason.MALFORMED,
          "the body is not one JSON value%s: check syntax, repeated members of an object, and nesting (at most %d levels)"
              .formatted(
                  place == null
                      ? ""
                      : " (line %d, column %d)".formatted(place.getLineNr(), place.getColumnNr()),
                  JsonMapper.MAX_PAYLOAD_DEPTH));
    }
  }

  private static boolean hasEscapedSurrogate(byte[] text) {
    for (int i = 0; i + 2 < text.length; i++) {
      if (text[i] == '\\' && text[i + 1] == 'u' && (text[i + 2] == 'd' || text[i + 2] == 'D')) {
        return true;
      }
    }
    return false;
  }

  private static boolean wellFormed(Object value) {
    return switch (value) {
      case String text -> wellFormed(text);
      case Map<?, ?> map ->
          map.entrySet().stream()
              .allMatch(member -> wellFormed(member.getKey()) && wellFormed(member.getValue()));
      case List<?> list -> list.stream().allMatch(StrictJson::wellFormed);
      case null, default -> true;
    };
  }
}
