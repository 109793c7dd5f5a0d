package io.penstock.schema.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import com.fasterxml.jackson.datatype.jsr310.ser.InstantSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Instants in the one form that all our messages have, {@code 2026-11-22T12:00:00.123Z}, read and
 * written digit by digit. Every message has two or three of them, and {@link
 * java.time.format.DateTimeFormatter} took a third of the time of reading one. Anything else (other
 * offsets, years of five digits) is left to Jackson's own classes, with the same result as before.
 */
final class InstantText {
  private static final int SECONDS_LENGTH = "2026-11-22T12:00:00Z".length();
  private static final int DOT = SECONDS_LENGTH - 1;
  private static final int MOST_DIGITS = 9;
  private static final int[] POWERS_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  private InstantText() {}

  static SimpleModule module() {
    return new SimpleModule("instants")
        .addSerializer(Instant.class, new Writer())
        .addDeserializer(Instant.class, new Reader());
  }

  /** The instant, or null if the text has another form. */
  static Instant parse(String text) {
    int end = text.length() - 1;
    if (text.length() < SECONDS_LENGTH
        || text.length() == SECONDS_LENGTH + 1
        || text.length() > SECONDS_LENGTH + 1 + MOST_DIGITS
        || text.charAt(end) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || (end > DOT && text.charAt(DOT) != '.')) {
      return null;
    }
    int digits = Math.max(0, end - DOT - 1);
    int nanos = digits == 0 ? 0 : number(text, DOT + 1, end);
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, DOT);
    if ((nanos | year | month | day | hour | minute | second) < 0) {
      return null;
    }
    try {
      return LocalDateTime.of(
              year, month, day, hour, minute, second, nanos * POWERS_OF_TEN[MOST_DIGITS - digits])
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null; // 24:00, a leap second, 30 February: its error message is the other reader's
    }
  }

  /** Of decimal digits; -1 if there is anything else. */
  private static int number(String text, int from, int until) {
    int value = 0;
    for (int i = from; i < until; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** The text as {@link Instant#toString()} has it, or null for years beyond four digits. */
  static char[] write(Instant instant) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    if (time.getYear() < 0 || time.getYear() > 9_999) {
      return null;
    }
    int nanos = time.getNano();
    int digits = digitsOf(nanos);
    char[] text = new char[SECONDS_LENGTH + (digits == 0 ? 0 : digits + 1)];
    put(text, 0, 4, time.getYear());
    text[4] = '-';
    put(text, 5, 2, time.getMonthValue());
    text[7] = '-';
    put(text, 8, 2, time.getDayOfMonth());
    text[10] = 'T';
    put(text, 11, 2, time.getHour());
    text[13] = ':';
    put(text, 14, 2, time.getMinute());
    text[16] = ':';
    put(text, 17, 2, time.getSecond());
    if (digits > 0) {
      text[DOT] = '.';
      put(text, DOT + 1, digits, nanos / POWERS_OF_TEN[MOST_DIGITS - digits]);
    }
    text[text.length - 1] = 'Z';
    return text;
  }

  /** In groups of three, as many as are needed. */
  private static int digitsOf(int nanos) {
    if (nanos == 0) {
      return 0;
    }
    return nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : MOST_DIGITS;
  }

  private static void put(char[] text, int from, int digits, int value) {
    int rest = value;
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static final class Writer extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant instant, JsonGenerator out, SerializerProvider context)
        throws IOException {
      char[] text = write(instant);
      if (text == null) {
        InstantSerializer.INSTANCE.serialize(instant, out, context);
      } else {
        out.writeString(text, 0, text.length);
      }
    }
  }

  private static final class Reader extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (in.hasToken(JsonToken.VALUE_STRING)) {
        Instant instant = parse(in.getText());
        if (instant != null) {
          return instant;
        }
      }
      return InstantDeserializer.INSTANT.deserialize(in, context);
    }
  }
}
