package io.penstock.schema.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what CEL answers into plain data; parts of the input come back as they went in. */
final class PlainResult {
  /** Of values that the expression made; parts of the input are not counted. */
  private int made;

  private PlainResult() {}

  static Object of(Object value) throws NotPlainException {
    return new PlainResult().plain(value);
  }

  private Object plain(Object value) throws NotPlainException {
    if (++made > BoundedGrowth.MAX_ELEMENTS) {
      throw new NotPlainException("larger than " + BoundedGrowth.MAX_ELEMENTS + " values");
    }
    return switch (value) {
      case String text -> text;
      case Boolean bool -> bool;
      case Long number -> number;
      case Double number -> finite(number);
      case BigInteger number -> number;
      case UnsignedLong number -> unsigned(number);
      case NullValue ignored -> null;
      case DataView view -> view.plain();
      case List<?> list -> array(list);
      case Map<?, ?> map -> object(map);
      case Instant instant -> instant.toString();
      case Duration duration -> duration.toString();
      case Optional<?> optional ->
          throw new NotPlainException(
              optional.isPresent()
                  ? "an optional value: end with .orValue(…) or .value()"
                  : "an optional value that is absent: end with .orValue(…)");
      case null -> throw new NotPlainException("nothing");
      default ->
          throw new NotPlainException(
              "no JSON value: bytes and types must be converted, e.g. by base64 or string(…)");
    };
  }

  private static Double finite(Double number) throws NotPlainException {
    if (!Double.isFinite(number)) {
      throw new NotPlainException("no finite number: check for a division by zero");
    }
    return number;
  }

  private static Object unsigned(UnsignedLong number) {
    BigInteger exact = number.bigIntegerValue();
    return exact.bitLength() < Long.SIZE ? (Object) exact.longValue() : exact;
  }

  private List<Object> array(List<?> list) throws NotPlainException {
    List<Object> plain = new ArrayList<>(list.size());
    for (Object element : list) {
      plain.add(plain(element));
    }
    return Collections.unmodifiableList(plain);
  }

  private Map<String, Object> object(Map<?, ?> map) throws NotPlainException {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new NotPlainException("an object with a name that is no text: write string(…)");
      }
      plain.put(name, plain(entry.getValue()));
    }
    return Collections.unmodifiableMap(plain);
  }

  /** The result has no JSON form; the message continues "its result is …". */
  static final class NotPlainException extends Exception {
    private static final long serialVersionUID = 1L;

    NotPlainException(String message) {
      super(message);
    }
  }
}
