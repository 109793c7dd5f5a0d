package io.penstock.schema.language;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Plain data as the tree that the schema validator takes, without writing and parsing it. */
final class JacksonTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JacksonTree() {}

  static JsonNode of(Object plain) {
    return switch (plain) {
      case null -> NODES.nullNode();
      case Map<?, ?> map -> {
        ObjectNode object = NODES.objectNode();
        map.forEach((name, value) -> object.set((String) name, of(value)));
        yield object;
      }
      case List<?> list -> {
        ArrayNode array = NODES.arrayNode(list.size());
        list.forEach(element -> array.add(of(element)));
        yield array;
      }
      case String text -> NODES.stringNode(text);
      case Boolean bool -> NODES.booleanNode(bool);
      case Long number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case BigInteger number -> NODES.numberNode(number);
      default -> throw new IllegalArgumentException("no plain data: " + plain.getClass());
    };
  }
}
