package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.standalone.demo.world.LeadScore.Points;

/** Puts the points into the form that a JSON Schema asks for. */
final class ScriptedAnswer {
  private ScriptedAnswer() {}

  /** A value for each property of the schema: by its name if that is known, else by its type. */
  static ObjectNode inForm(JsonNode schema, Points points) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(
            property ->
                answer.set(
                    property.getKey(), value(property.getKey(), property.getValue(), points)));
    return answer;
  }

  private static JsonNode value(String name, JsonNode schema, Points points) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (name) {
      case "fit" -> json.numberNode(points.fit());
      case "size" -> json.numberNode(points.size());
      case "intent" -> json.numberNode(points.intent());
      case "total", "score" -> json.numberNode(points.total());
      default -> byType(schema, points);
    };
  }

  private static JsonNode byType(JsonNode schema, Points points) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (!schema.path("enum").isEmpty()) {
      return schema.path("enum").get(0);
    }
    return switch (schema.path("type").asText()) {
      case "string" -> json.textNode(points.reason());
      case "integer", "number" -> json.numberNode(schema.path("minimum").asInt(0));
      case "boolean" -> json.booleanNode(false);
      case "array" -> json.arrayNode();
      case "object" -> inForm(schema, points);
      default -> json.nullNode();
    };
  }
}
