package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * What a prompt says about a lead: found in the JSON objects that stand somewhere in its text, at
 * any depth.
 *
 * @param employees 0 if unknown
 * @param industry empty if unknown
 * @param message empty if unknown
 * @param seniority empty if unknown
 * @param headlines how many there are
 */
record PromptFacts(
    int employees, String industry, String message, String seniority, int headlines) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static PromptFacts in(String prompt) {
    JsonNode all = objects(prompt);
    return new PromptFacts(
        all.findPath("employees").asInt(0),
        all.findPath("industry").asText(""),
        all.findPath("message").asText(""),
        all.findPath("seniority").asText(""),
        all.findPath("headlines").size());
  }

  /** An array of them. */
  private static JsonNode objects(String prompt) {
    ArrayNode objects = JSON.createArrayNode();
    int from = prompt.indexOf('{');
    while (from >= 0) {
      JsonNode found = firstValue(prompt.substring(from));
      objects.add(found);
      from = prompt.indexOf('{', from + Math.max(1, found.toString().length() - 1));
    }
    return objects;
  }

  /** The value that the text begins with; a missing one if it is none. */
  private static JsonNode firstValue(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
