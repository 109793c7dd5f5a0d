package io.penstock.schema.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one way in which Penstock reads and writes JSON: instants and durations as ISO 8601 text,
 * absent members left out, unknown members of messages skipped (a newer writer may add some), bad
 * UTF-8, repeated members of one object, and nesting over {@value #MAX_DEPTH} refused.
 */
public final class JsonMapper {
  /** Deeper documents are refused: they cost stack, and no business event needs them. */
  public static final int MAX_DEPTH = 100;

  /**
   * Limit for a value from outside (an event's data, an API's answer): it travels inside messages
   * and contexts, which are nested themselves and must stay below {@link #MAX_DEPTH}.
   */
  public static final int MAX_PAYLOAD_DEPTH = 64;

  static final Object SOURCE = new Object();

  private static final ObjectMapper MAPPER =
      com.fasterxml.jackson.databind.json.JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(400)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(InstantText.module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .build();

  /** A reader looks its type up once. */
  private static final ClassValue<ObjectReader> READERS =
      new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> type) {
          return MAPPER.readerFor(type);
        }
      };

  private JsonMapper() {}

  /**
   * Reads one message.
   *
   * @throws IOException with line and column if the bytes are no JSON or do not fit the type
   */
  public static <T> T read(byte[] utf8, Class<T> type) throws IOException {
    return READERS.get(type).withAttribute(SOURCE, utf8).readValue(utf8);
  }

  /**
   * Writes one message, or plain maps, lists and scalars.
   *
   * @throws IllegalArgumentException if the value has no JSON form: a caller's bug
   */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form for " + value.getClass(), e);
    }
  }

  static Object parse(byte[] utf8, int maxDepth) throws JsonProcessingException {
    try (JsonParser in = MAPPER.getFactory().createParser(utf8)) {
      if (in.nextToken() == null) {
        throw new JsonParseException(in, "expected a JSON value, found nothing");
      }
      Object value = readValue(in, maxDepth);
      if (in.nextToken() != null) {
        throw new JsonParseException(in, "expected the end after one JSON value");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail otherwise", e);
    }
  }

  /** Reads the value that starts at the parser's current token, up to and including its last. */
  static Object readValue(JsonParser in) throws IOException {
    return readValue(in, MAX_DEPTH);
  }

  private static Object readValue(JsonParser in, int depthLeft) throws IOException {
    if (in.currentToken().isStructStart() && depthLeft == 0) {
      throw new JsonParseException(in, "nested too deeply");
    }
    return switch (in.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String name = in.currentName();
          in.nextToken();
          object.put(name, readValue(in, depthLeft - 1));
        }
        yield Collections.unmodifiableMap(object);
      }
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          array.add(readValue(in, depthLeft - 1));
        }
        yield Collections.unmodifiableList(array);
      }
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> {
        Number number = in.getNumberValue();
        yield number instanceof BigInteger ? number : (Object) number.longValue();
      }
      case VALUE_NUMBER_FLOAT -> {
        double number = in.getDoubleValue();
        if (Double.isInfinite(number)) {
          throw new JsonParseException(in, "number out of range: " + in.getText());
        }
        yield number;
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default ->
          throw new JsonParseException(in, "expected a JSON value, found " + in.currentToken());
    };
  }
}
