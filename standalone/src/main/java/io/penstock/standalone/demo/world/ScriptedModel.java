package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.standalone.demo.world.LeadScore.Points;

/**
 * Speaks the protocol of a chat API, but is no model: it reads the profile that stands in the
 * prompt, scores it by fixed rules, and answers in the form that was asked for.
 */
final class ScriptedModel implements Service {
  static final String NAME = "scripted-model";
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final ObjectMapper json = new ObjectMapper();

  @Override
  public Answer answer(Request request) {
    if (!request.path().equals("/v1/chat/completions")) {
      return Answer.refused(404, "no such path");
    }
    JsonNode messages = request.body().path("messages");
    if (messages.isEmpty()) {
      return Answer.refused(400, "messages is empty");
    }
    String question = text(messages.get(messages.size() - 1).path("content"));
    JsonNode form = request.body().path("response_format").path("json_schema").path("schema");
    Points points = LeadScore.of(PromptFacts.in(question));
    String answer =
        form.isMissingNode() ? points.reason() : ScriptedAnswer.inForm(form, points).toString();
    return Answer.ok(completion(messages.toString(), answer));
  }

  /** Content is a text, or a list of parts. */
  static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.asText();
    }
    StringBuilder all = new StringBuilder();
    content.forEach(part -> all.append(part.path("text").asText()));
    return all.toString();
  }

  private ObjectNode completion(String question, String answer) {
    int asked = question.length() / CHARACTERS_PER_TOKEN;
    int answered = answer.length() / CHARACTERS_PER_TOKEN;
    ObjectNode completion = json.createObjectNode();
    completion.put("id", "scripted-" + Integer.toHexString(question.hashCode()));
    completion.put("object", "chat.completion");
    completion.put("created", 0);
    completion.put("model", NAME);
    ObjectNode choice = completion.putArray("choices").addObject();
    choice.put("index", 0);
    choice.put("finish_reason", "stop");
    choice.set(
        "message",
        JsonNodeFactory.instance.objectNode().put("role", "assistant").put("content", answer));
    completion
        .putObject("usage")
        .put("prompt_tokens", asked)
        .put("completion_tokens", answered)
        .put("total_tokens", asked + answered);
    return completion;
  }
}
