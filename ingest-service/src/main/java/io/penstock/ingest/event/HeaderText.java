package io.penstock.ingest.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/**
 * An attribute's value in a header, as CloudEvents' HTTP binding writes it: perhaps in double
 * quotes, then percent-encoded UTF-8.
 */
final class HeaderText {
  private static final char PERCENT = '%';
  private static final int HEX_DIGITS = 2;

  private HeaderText() {}

  static String decode(String attribute, String header) throws RejectedException {
    String text = unquoted(header.strip());
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != PERCENT) {
        utf8.writeBytes(String.valueOf(c).getBytes(c < 0x100 ? ISO_8859_1 : UTF_8));
        continue;
      }
      if (i + HEX_DIGITS >= text.length()
          || !HexFormat.isHexDigit(text.charAt(i + 1))
          || !HexFormat.isHexDigit(text.charAt(i + 2))) {
        throw malformed(attribute);
      }
      utf8.write(HexFormat.fromHexDigits(text, i + 1, i + 1 + HEX_DIGITS));
      i += HEX_DIGITS;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw malformed(attribute);
    }
  }

  private static String unquoted(String text) {
    if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
      return text;
    }
    return text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  private static RejectedException malformed(String attribute) {
    return new RejectedException(
        Reason.MALFORMED,
        "header ce-%s is not percent-encoded UTF-8: write a literal %% as %%25"
            .formatted(attribute));
  }
}
