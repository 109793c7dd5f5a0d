package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Prompt;
import io.penstock.schema.definition.Step;
import io.penstock.schema.expression.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the output of a step can look like, its fallbacks included. */
final class OutputShapes {
  private static final Shape TEXT = new Shape.Members(Map.of("text", Shape.NO_OBJECT));
  private static final Shape MAIL = new Shape.Members(Map.of("messageId", Shape.NO_OBJECT));

  private final DefinitionSet definitions;

  OutputShapes(DefinitionSet definitions) {
    this.definitions = definitions;
  }

  Shape of(Step step) {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(of(step.action()));
    for (Catch handler : step.catches()) {
      shapes.add(
          switch (handler.handling()) {
            case Catch.FallbackOutput fallback -> of(fallback.output());
            case Catch.FallbackAction fallback -> of(fallback.action());
            case Catch.FallbackSteps fallback ->
                fallback.output().map(OutputShapes::of).orElseGet(() -> ofLast(fallback.steps()));
          });
    }
    return shapes.size() == 1 ? shapes.getFirst() : new Shape.OneOf(shapes);
  }

  /** Empty lists have been reported. */
  private Shape ofLast(List<Step> steps) {
    return steps.isEmpty() ? Shape.ANYTHING : of(steps.getLast());
  }

  private Shape of(Action action) {
    return switch (action) {
      case Action.Llm llm ->
          PromptReference.parse(llm.prompt())
              .flatMap(definitions::prompt)
              .map(OutputShapes::answer)
              .orElse(Shape.ANYTHING);
      case Action.Route ignored ->
          new Shape.Members(
              Map.of("branch", Shape.NO_OBJECT, "name", Shape.NO_OBJECT, "output", Shape.ANYTHING));
      case Action.Parallel parallel -> {
        Map<String, Shape> members = new LinkedHashMap<>();
        parallel
            .branches()
            .forEach(branch -> members.put(branch.name(), of(branch.steps().getLast())));
        yield new Shape.Members(members);
      }
      case Action.Foreach ignored ->
          new Shape.Members(Map.of("items", Shape.NO_OBJECT, "failed", Shape.NO_OBJECT));
      case Action.Enrich ignored -> Shape.ANYTHING;
      case Action.NotifyApi ignored -> Shape.ANYTHING;
      case Action.NotifyChannel notify -> notify.mail().isPresent() ? MAIL : Shape.ANYTHING;
      case Action.Wait ignored -> Shape.NO_OBJECT;
    };
  }

  private static Shape answer(Prompt prompt) {
    return prompt.output().map(schema -> SchemaShape.of(schema.value(), true)).orElse(TEXT);
  }

  private static Shape of(Template template) {
    return literal(template.source().value());
  }

  private static Shape literal(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Shape> members = new LinkedHashMap<>();
        map.forEach((name, member) -> members.put((String) name, literal(member)));
        yield new Shape.Members(members);
      }
      case String text when text.contains("{{") -> Shape.ANYTHING;
      case null, default -> Shape.NO_OBJECT;
    };
  }
}
