package io.penstock.worker.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.schema.json.Json;
import io.penstock.schema.language.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a model's answer is what the prompt's schema asks for. */
final class AnswerCheck {
  private static final int MAX_PROBLEMS = 10;

  /** Prompts are few and immutable; a reader of many starts over now and then. */
  private static final int MAX_COMPILED = 200;

  private static final Map<Json, JsonSchema> COMPILED = new ConcurrentHashMap<>();

  private final JsonSchema schema;

  AnswerCheck(Json schema) {
    if (COMPILED.size() > MAX_COMPILED) {
      COMPILED.clear();
    }
    this.schema = COMPILED.computeIfAbsent(schema, JsonSchema::compile);
  }

  /** An answer that fits, or what is wrong with it. */
  sealed interface Verdict {}

  record Fits(Json answer) implements Verdict {}

  /**
   * @param problems for the model and for people: they do not show the answer's values
   */
  record Unfit(List<String> problems) implements Verdict {}

  Verdict check(String answer) {
    Json json;
    try {
      json = Json.parse(answer.strip().getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return new Unfit(List.of("it is no JSON"));
    }
    List<String> problems =
        schema.validate(json).stream()
            .limit(MAX_PROBLEMS)
            .map(JsonSchema.Violation::toString)
            .toList();
    return problems.isEmpty() ? new Fits(json) : new Unfit(problems);
  }
}
