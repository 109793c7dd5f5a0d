package io.penstock.simulator.language;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A value, or a part of one, that depends on the order in which things happen. It is a text that
 * nobody else writes, so that expressions carry it along to whatever is made of it.
 */
final class Unknown {
  static final String VALUE = "<<it depends>>";

  private Unknown() {}

  /** Whether there is an unknown part in it. */
  static boolean isIn(Object value) {
    return switch (value) {
      case String text -> text.contains(VALUE);
      case Map<?, ?> object -> object.values().stream().anyMatch(Unknown::isIn);
      case List<?> list -> list.stream().anyMatch(Unknown::isIn);
      case null, default -> false;
    };
  }

  /** Whether a value is as expected, in all parts that are known. */
  static boolean fits(Object expected, Object actual) {
    if (expected instanceof String text && text.contains(VALUE)) {
      return true;
    }
    if (expected instanceof Map<?, ?> object && actual instanceof Map<?, ?> other) {
      return object.keySet().equals(other.keySet())
          && object.keySet().stream().allMatch(name -> fits(object.get(name), other.get(name)));
    }
    if (expected instanceof List<?> list && actual instanceof List<?> other) {
      return list.size() == other.size()
          && java.util.stream.IntStream.range(0, list.size())
              .allMatch(i -> fits(list.get(i), other.get(i)));
    }
    return Objects.equals(expected, actual);
  }

  /** Either of two. */
  static Object either(Object one, Object other) {
    return Objects.equals(one, other) ? one : VALUE;
  }
}
