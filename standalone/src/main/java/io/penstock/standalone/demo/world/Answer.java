package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/** What a part answers. */
record Answer(int status, Map<String, String> headers, JsonNode body) {

  static Answer ok(JsonNode body) {
    return new Answer(200, Map.of(), body);
  }

  static Answer created(JsonNode body) {
    return new Answer(201, Map.of(), body);
  }

  static Answer refused(int status, String why) {
    return refused(status, why, Map.of());
  }

  static Answer refused(int status, String why, Map<String, String> headers) {
    return new Answer(status, headers, JsonNodeFactory.instance.objectNode().put("error", why));
  }
}
