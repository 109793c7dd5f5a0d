package io.penstock.schema.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads from a JSON Schema which members a value can have. */
final class SchemaShape {
  /** Schemas with one of these say more than their own properties. */
  private static final List<String> MORE =
      List.of("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "patternProperties");

  private final boolean closed;

  private SchemaShape(boolean closed) {
    this.closed = closed;
  }

  /**
   * @param closed whether an object that lists its properties is taken to have no others, though
   *     the schema does not say so: right for what is asked of a model, wrong for what is sent to
   *     us
   */
  static Shape of(Object schema, boolean closed) {
    return new SchemaShape(closed).shape(schema);
  }

  private Shape shape(Object schema) {
    if (!(schema instanceof Map<?, ?> map) || MORE.stream().anyMatch(map::containsKey)) {
      return Shape.ANYTHING;
    }
    if (map.get("type") instanceof String type && !type.equals("object")) {
      return Shape.NO_OBJECT;
    }
    Object additional = map.get("additionalProperties");
    boolean complete =
        Boolean.FALSE.equals(additional)
            || (closed && additional == null && map.get("properties") instanceof Map<?, ?>);
    Map<String, Shape> members = new LinkedHashMap<>();
    if (map.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach((name, property) -> members.put((String) name, shape(property)));
    }
    Shape known = new Shape.Members(members);
    return complete ? known : new Shape.Open(members);
  }
}
