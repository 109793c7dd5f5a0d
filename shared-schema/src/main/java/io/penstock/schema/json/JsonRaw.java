package io.penstock.schema.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Carries a {@link Json} member of a message through as bytes instead of as a tree. */
final class JsonRaw {
  private JsonRaw() {}

  static final class Serializer extends JsonSerializer<Json> {
    @Override
    public void serialize(Json value, JsonGenerator out, SerializerProvider serializers)
        throws IOException {
      if (out instanceof TokenBuffer) {
        out.writeObject(value.value());
      } else {
        out.writeRawValue(new Utf8Text(value.utf8()));
      }
    }
  }

  static final class Deserializer extends JsonDeserializer<Json> {
    @Override
    public Json deserialize(JsonParser in, DeserializationContext context) throws IOException {
      Object source = context.getAttribute(JsonMapper.SOURCE);
      if (source instanceof byte[] bytes
          && readsFrom(bytes, in)
          && in.currentToken().isStructStart()) {
        // For an object or an array both ends are exact: at the opening bracket and, once the
        // children are skipped, right behind the closing one. (A scalar is read lazily, so its end
        // is not known here.)
        int start = (int) in.currentTokenLocation().getByteOffset();
        in.skipChildren();
        int end = (int) in.currentLocation().getByteOffset();
        return Json.trusted(Arrays.copyOfRange(bytes, start, end));
      }
      return Json.of(JsonMapper.readValue(in));
    }

    /** Not so where Jackson replays buffered tokens: those have no places in the document. */
    private static boolean readsFrom(byte[] bytes, JsonParser in) {
      JsonParser actual = in;
      while (actual instanceof JsonParserDelegate delegating) {
        actual = delegating.delegate();
      }
      return bytes.length > 0 && actual instanceof UTF8StreamJsonParser;
    }

    @Override
    public Json getNullValue(DeserializationContext context) {
      return Json.NULL;
    }
  }

  /** Lets the generator copy bytes that are already UTF-8 JSON. */
  private static final class Utf8Text implements SerializableString {
    private final byte[] utf8;

    Utf8Text(byte[] utf8) {
      this.utf8 = utf8;
    }

    @Override
    public String getValue() {
      return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public int charLength() {
      return getValue().length();
    }

    @Override
    public char[] asQuotedChars() {
      throw new IllegalStateException("raw JSON is never quoted");
    }

    @Override
    public byte[] asUnquotedUTF8() {
      return utf8;
    }

    @Override
    public byte[] asQuotedUTF8() {
      throw new IllegalStateException("raw JSON is never quoted");
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
      throw new IllegalStateException("raw JSON is never quoted");
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
      throw new IllegalStateException("raw JSON is never quoted");
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
      if (offset + utf8.length > buffer.length) {
        return -1;
      }
      System.arraycopy(utf8, 0, buffer, offset, utf8.length);
      return utf8.length;
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
      String value = getValue();
      if (offset + value.length() > buffer.length) {
        return -1;
      }
      value.getChars(0, value.length(), buffer, offset);
      return value.length();
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) {
      throw new IllegalStateException("raw JSON is never quoted");
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
      out.write(utf8);
      return utf8.length;
    }

    @Override
    public int putQuotedUTF8(ByteBuffer buffer) {
      throw new IllegalStateException("raw JSON is never quoted");
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer buffer) {
      if (utf8.length > buffer.remaining()) {
        return -1;
      }
      buffer.put(utf8);
      return utf8.length;
    }
  }
}
