package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionSyntaxException;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.expression.Template;
import io.penstock.schema.expression.Variables;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that what expressions of a workflow read can be there. */
final class ReferenceCheck {
  private static final Set<String> EXECUTION = Set.of("id", "workflow", "version");
  private static final Set<String> ERROR = Set.of("type", "message");
  private static final String OUTPUT = "output";

  private final Places places;
  private final List<Problem> problems;
  private final Shape input;
  private final Set<String> allSteps = new LinkedHashSet<>();

  ReferenceCheck(Workflow workflow, Places places, List<Problem> problems) {
    this.places = places;
    this.problems = problems;
    this.input =
        workflow
            .inputSchema()
            .map(schema -> SchemaShape.of(schema.value(), false))
            .orElse(Shape.ANYTHING);
    collect(workflow.steps());
  }

  /**
   * @param visible steps whose output is there when the template is rendered
   */
  void check(Template template, String pointer, Map<String, Shape> visible) {
    if (!template.references().isEmpty()) {
      strings(template.source().value(), pointer, visible);
    }
  }

  void check(Set<Reference> references, String pointer, Map<String, Shape> visible) {
    for (Reference reference : references) {
      List<String> below = reference.path().subList(1, reference.path().size());
      if (below.isEmpty()) {
        continue;
      }
      switch (reference.root()) {
        case Variables.STEPS -> step(reference, below, pointer, visible);
        case Variables.INPUT -> {
          if (!input.canHave(below)) {
            add(pointer, reference, "the workflow's input.schema does not allow it");
          }
        }
        case Variables.EXECUTION -> oneOf(EXECUTION, reference, pointer);
        case Variables.ERROR -> oneOf(ERROR, reference, pointer);
        default -> {
          // the reader has refused other variables here
        }
      }
    }
  }

  private void strings(Object value, String pointer, Map<String, Shape> visible) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((name, member) -> strings(member, pointer + "/" + escape(name), visible));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          strings(list.get(i), pointer + "/" + i, visible);
        }
      }
      case String text when text.contains("{{") -> check(compiled(text), pointer, visible);
      case null, default -> {
        // reads nothing
      }
    }
  }

  private static Set<Reference> compiled(String text) {
    try {
      return Template.compile(text).references();
    } catch (ExpressionSyntaxException e) {
      throw new IllegalStateException("part of a template that compiled before", e);
    }
  }

  private void step(
      Reference reference, List<String> below, String pointer, Map<String, Shape> visible) {
    String id = below.getFirst();
    Shape output = visible.get(id);
    if (output == null) {
      add(pointer, reference, notVisible(id, visible));
    } else if (below.size() > 1 && !below.get(1).equals(OUTPUT)) {
      add(pointer, reference, "of a step there is only its 'output'");
    } else if (below.size() > 2 && !output.canHave(below.subList(2, below.size()))) {
      add(
          pointer,
          reference,
          "the output of step '%s' has no such member".formatted(id)
              + Suggestion.among(output.members(), below.get(2)));
    }
  }

  private String notVisible(String id, Map<String, Shape> visible) {
    return allSteps.contains(id)
        ? "step '%s' has no output yet here: it comes later, or stands in a branch of a route"
                .formatted(id)
            + " (read the route's own output behind it)"
        : "there is no step '" + id + "'" + Suggestion.among(visible.keySet(), id);
  }

  private void oneOf(Set<String> members, Reference reference, String pointer) {
    if (!members.contains(reference.path().get(1)) || reference.path().size() > 2) {
      add(
          pointer,
          reference,
          "'%s' has %s"
              .formatted(reference.root(), String.join(", ", members.stream().sorted().toList())));
    }
  }

  private void add(String pointer, Reference reference, String reason) {
    problems.add(places.problem(pointer, "'" + reference + "' cannot be there: " + reason));
  }

  private void collect(List<Step> steps) {
    for (Step step : steps) {
      allSteps.add(step.id());
      if (step.action() instanceof Action.Route route) {
        route.branches().forEach(branch -> collect(branch.steps()));
      }
    }
  }

  private static String escape(Object name) {
    return ((String) name).replace("~", "~0").replace("/", "~1");
  }
}
