package io.penstock.schema.language;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text of a file: UTF-8, of limited size. */
final class YamlText {
  static final int MAX_FILE_BYTES = 1024 * 1024;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private YamlText() {}

  static String decode(byte[] bytes) throws UnreadableException {
    if (bytes.length > MAX_FILE_BYTES) {
      throw atStart(
          "the file has %d bytes, more than %d; split it".formatted(bytes.length, MAX_FILE_BYTES));
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw atStart("the file is not UTF-8; save it with that encoding");
    }
  }

  private static UnreadableException atStart(String message) {
    return new UnreadableException(new Spot("", 1, 1), message);
  }
}
