package io.penstock.schema.language;

import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.Prompt;
import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a {@code Prompt}. */
final class PromptReader {
  private static final int MAX_OUTPUT_TOKENS = 1_000_000;
  private static final double MAX_TEMPERATURE = 2;
  private static final Template MISSING = Templates.constant("");

  private final Fields fields;
  private final Problems problems;
  private final Values values;

  private PromptReader(Fields fields) {
    this.fields = fields;
    this.problems = fields.problems();
    this.values = new Values(problems);
  }

  static Definition read(Fields fields) {
    return new PromptReader(fields).read();
  }

  private Prompt read() {
    Expressions expressions = new Expressions(problems, Expressions.OF_PROMPT);
    Prompt prompt =
        new Prompt(
            fields.require("name", "lead-scoring").flatMap(values::name).orElse(""),
            fields.require("version", "1.0.0").flatMap(values::version).orElse(""),
            fields.require("model", "default").flatMap(values::name).orElse(""),
            fields.find("system").flatMap(expressions::textTemplate),
            fields
                .require("user", "\"Score this lead: {{ vars.profile }}\"")
                .flatMap(expressions::textTemplate)
                .orElse(MISSING),
            examples(),
            fields.find("output").flatMap(this::output),
            fields.find("temperature").flatMap(node -> values.number(node, 0, MAX_TEMPERATURE)),
            fields
                .find("maxOutputTokens")
                .flatMap(node -> values.integer(node, 1, MAX_OUTPUT_TOKENS)));
    fields.done(Set.of("tools", "cache", "tests", "description"));
    return prompt;
  }

  private List<Prompt.Example> examples() {
    return fields
        .find("examples")
        .map(node -> values.list(node, "examples"))
        .orElse(List.of())
        .stream()
        .map(this::example)
        .toList();
  }

  private Prompt.Example example(Node node) {
    Fields example = Fields.of(node, "an example", problems);
    Prompt.Example read =
        new Prompt.Example(
            example.require("user", "\"…\"").map(this::said).orElse(""),
            example.require("assistant", "\"…\"").map(this::said).orElse(""));
    example.done();
    return read;
  }

  /** Text as it is, anything else as JSON: an answer with a schema is JSON. */
  private String said(Node node) {
    return node.plain() instanceof String text ? text : Json.of(node.plain()).toString();
  }

  private Optional<Json> output(Node node) {
    Optional<Json> schema = SchemaField.read(node, problems);
    if (schema.isPresent()
        && schema.get().value() instanceof Map<?, ?> map
        && !"object".equals(map.get("type"))) {
      problems.add(node.spot(), "a model answers with an object; write output: {type: object, …}");
    }
    return schema;
  }
}
