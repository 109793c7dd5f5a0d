package io.penstock.schema.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A value of a document with its place. */
sealed interface Node {
  Spot spot();

  /** Maps, lists, strings, Long, Double, BigInteger, Boolean, null. */
  Object plain();

  /** What it is, for messages. */
  default String type() {
    return switch (this) {
      case Mapping ignored -> "an object";
      case Sequence ignored -> "a list";
      case Scalar scalar ->
          switch (scalar.value()) {
            case null -> "empty";
            case String ignored -> "text";
            case Boolean ignored -> "true or false";
            default -> "a number";
          };
    };
  }

  /**
   * @param inside the place of the n-th character of a text, as well as it is known
   */
  record Scalar(Spot spot, Object value, IntFunction<Spot> inside) implements Node {
    @Override
    public Object plain() {
      return value;
    }
  }

  record Sequence(Spot spot, List<Node> elements) implements Node {
    @Override
    public Object plain() {
      List<Object> list = new ArrayList<>(elements.size());
      elements.forEach(element -> list.add(element.plain()));
      return Collections.unmodifiableList(list);
    }
  }

  /**
   * @param names where the name of each member stands
   */
  record Mapping(Spot spot, Map<String, Node> members, Map<String, Spot> names) implements Node {
    @Override
    public Object plain() {
      Map<String, Object> map = new LinkedHashMap<>();
      members.forEach((name, member) -> map.put(name, member.plain()));
      return Collections.unmodifiableMap(map);
    }
  }
}
