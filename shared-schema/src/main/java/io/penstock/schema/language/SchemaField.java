package io.penstock.schema.language;

import io.penstock.schema.json.Json;
import java.util.Optional;

/** A JSON Schema inside a definition. */
final class SchemaField {
  private SchemaField() {}

  static Optional<Json> read(Node node, Problems problems) {
    if (!(node instanceof Node.Mapping)) {
      problems.add(node.spot(), "a JSON Schema is an object, e.g. {type: object, properties: {…}}");
      return Optional.empty();
    }
    Json schema = Json.of(node.plain());
    Places places = new Places("", node);
    JsonSchema.problemsOf(schema)
        .forEach(
            wrong -> {
              Problem at = places.problem(wrong.pointer(), wrong.message());
              problems.add(
                  new Spot(node.spot().pointer() + wrong.pointer(), at.line(), at.column()),
                  "no valid JSON Schema: " + wrong.message());
            });
    return Optional.of(schema);
  }
}
