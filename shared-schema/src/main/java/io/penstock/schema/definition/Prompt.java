package io.penstock.schema.definition;

import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What a model is asked. Immutable under {@code name@version}.
 *
 * @param model name of a {@code Model}
 * @param system role and rules; absent: none
 * @param user the question; both see the step's {@code variables} as {@code vars}
 * @param examples shown before the question, in order
 * @param output JSON Schema (2020-12) of the answer; absent: the answer is text, and the step's
 *     output {@code {"text":…}}
 * @param temperature 0 to 2
 * @param maxOutputTokens the most the model may answer
 */
public record Prompt(
    String name,
    String version,
    String model,
    Optional<Template> system,
    Template user,
    List<Example> examples,
    Optional<Json> output,
    Optional<Double> temperature,
    Optional<Integer> maxOutputTokens)
    implements Definition {
  public Prompt {
    examples = List.copyOf(examples);
  }

  @Override
  public DefinitionKey key() {
    return new DefinitionKey("Prompt", name, Optional.of(version));
  }

  /** One question and the answer that it should get. */
  public record Example(String user, String assistant) {}
}
