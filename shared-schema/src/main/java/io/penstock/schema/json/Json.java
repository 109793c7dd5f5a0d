package io.penstock.schema.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value as it travels: UTF-8 bytes, parsed at most once and only when somebody looks inside.
 *
 * <p>Most hops only carry payloads on, so they never pay for a parse. Immutable: the value handed
 * out consists of unmodifiable maps and lists, strings, {@code Long}, {@code Double}, {@code
 * java.math.BigInteger} (beyond a long), {@code Boolean} and {@code null}; objects keep the order
 * of their members. Equality is that of the bytes.
 */
@JsonSerialize(using = JsonRaw.Serializer.class)
@JsonDeserialize(using = JsonRaw.Deserializer.class)
public final class Json {
  public static final Json NULL = new Json("null".getBytes(StandardCharsets.UTF_8));
  public static final Json EMPTY_OBJECT = new Json("{}".getBytes(StandardCharsets.UTF_8));

  private final byte[] utf8;
  private volatile Parsed parsed;

  private Json(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * Bytes that are known to be one JSON value: a slice of a parsed document, or what {@link
   * #utf8()} gave before. Not checked; looking inside bytes that are none ends in an {@link
   * IllegalStateException}.
   */
  public static Json trusted(byte[] utf8) {
    return new Json(utf8);
  }

  /**
   * Reads and checks one JSON document.
   *
   * @throws JsonProcessingException with line and column if it is not exactly one JSON value, or
   *     nested deeper than {@link JsonMapper#MAX_PAYLOAD_DEPTH}, or longer in a name, number or
   *     string than the mapper's limits
   */
  public static Json parse(byte[] utf8) throws JsonProcessingException {
    Json json = new Json(utf8);
    json.parsed = new Parsed(JsonMapper.parse(utf8, JsonMapper.MAX_PAYLOAD_DEPTH));
    return json;
  }

  /**
   * Writes maps, lists, strings, numbers, booleans and null as JSON.
   *
   * @throws IllegalArgumentException if something else is inside: a caller's bug
   */
  public static Json of(Object value) {
    return value instanceof Json json ? json : new Json(JsonMapper.write(value));
  }

  /** The bytes themselves, not a copy: for writing only, never to be changed. */
  public byte[] utf8() {
    return utf8;
  }

  public int sizeBytes() {
    return utf8.length;
  }

  /** Map, List, String, Long, Double, BigInteger, Boolean or null; unmodifiable. */
  public Object value() {
    Parsed current = parsed;
    if (current == null) {
      try {
        current = new Parsed(JsonMapper.parse(utf8, JsonMapper.MAX_DEPTH));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a trusted JSON value cannot be parsed", e);
      }
      parsed = current;
    }
    return current.value();
  }

  public boolean isNull() {
    return value() == null;
  }

  /**
   * The value at a path of member names, e.g. {@code at("usage", "total")}.
   *
   * @return null where a member is missing, an element on the way is no object, or the value is
   *     null
   */
  public Object at(String... path) {
    Object here = value();
    for (String name : path) {
      if (!(here instanceof Map<?, ?> object)) {
        return null;
      }
      here = object.get(name);
    }
    return here;
  }

  /**
   * Only the named parts of an object, in their places: {@code slice([["a","b"]])} of {@code
   * {"a":{"b":1,"c":2},"d":3}} is {@code {"a":{"b":1}}}. An empty path names the whole. A path that
   * leads to nothing is left out, so that an expression meets "no such member" at the same place as
   * with the whole.
   */
  public Json slice(List<List<String>> paths) {
    if (paths.stream().anyMatch(List::isEmpty) || !(value() instanceof Map<?, ?> whole)) {
      return this;
    }
    Map<String, Object> picked = new LinkedHashMap<>();
    paths.forEach(path -> pick(whole, path, picked));
    return of(picked);
  }

  @SuppressWarnings("unchecked") // maps below `picked` are made here, with string keys
  private static void pick(Map<?, ?> from, List<String> path, Map<String, Object> picked) {
    String name = path.getFirst();
    if (!from.containsKey(name)) {
      return;
    }
    Object part = from.get(name);
    Object already = picked.get(name);
    if (path.size() == 1 || !(part instanceof Map<?, ?> below)) {
      picked.put(name, part);
    } else if (already == null || !already.equals(part)) {
      Map<String, Object> deeper =
          already == null ? new LinkedHashMap<>() : (Map<String, Object>) already;
      picked.put(name, deeper);
      pick(below, path.subList(1, path.size()), deeper);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Json json && Arrays.equals(utf8, json.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  /** The JSON text. For logs use {@link #sizeBytes()}: payloads do not belong there. */
  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** A value that was parsed, null included. */
  private record Parsed(Object value) {}
}
