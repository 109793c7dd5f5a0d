package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a prompt says about a lead: found in the JSON objects that stand somewhere in its text.
 *
 * @param employees 0 if unknown
 * @param industry empty if unknown
 * @param message empty if unknown
 */
record PromptFacts(int employees, String industry, String message) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static PromptFacts in(String prompt) {
    int employees = 0;
    String industry = "";
    String message = "";
    int from = prompt.indexOf('{');
    while (from >= 0) {
      JsonNode found = firstValue(prompt.substring(from));
      employees = found.path("employees").asInt(employees);
      industry = found.path("industry").asText(industry);
      message = found.path("message").asText(message);
      from = prompt.indexOf('{', from + Math.max(1, found.toString().length() - 1));
    }
    return new PromptFacts(employees, industry, message);
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
