package io.penstock.schema.language;

import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionSyntaxException;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.expression.Template;
import io.penstock.schema.expression.Variables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that what expressions of a workflow read can be there. */
final class ReferenceCheck {
  private static final Set<String> EXECUTION = Set.of("id", "workflow", "version");
  private static final Set<String> ERROR = Set.of("type", "message", "step", "attempts", "input");
  private static final String OUTPUT = "output";

  private final Places places;
  private final List<Problem> problems;
  private final Shape input;
  private final Set<String> allSteps = new LinkedHashSet<>();

  /** For a step inside another: which one. */
  private final Map<String, String> owners = new HashMap<>();

  ReferenceCheck(Workflow workflow, Places places, List<Problem> problems) {
    this.places = places;
    this.problems = problems;
    this.input =
        workflow
            .inputSchema()
            .map(schema -> SchemaShape.of(schema.value(), false))
            .orElse(Shape.ANYTHING);
    collect(workflow.steps());
    workflow.handlers().catches().stream()
        .filter(handler -> handler.handling() instanceof Catch.FallbackSteps)
        .forEach(handler -> collect(handler.steps()));
    collect(workflow.handlers().lastly());
  }

  /**
   * @param visible when the template is rendered
   */
  void check(Template template, String pointer, Visible visible) {
    if (!template.references().isEmpty()) {
      strings(template.source().value(), pointer, visible);
    }
  }

  void check(Set<Reference> references, String pointer, Visible visible) {
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
        case Variables.ERROR -> {
          if (!below.getFirst().equals("input")) { // whose members differ from step to step
            oneOf(ERROR, reference, pointer);
          }
        }
        default -> round(reference, below, pointer, visible);
      }
    }
  }

  private void strings(Object value, String pointer, Visible visible) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((name, member) -> strings(member, pointer + "/" + escape(name), visible));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          strings(list.get(i), pointer + "/" + i, visible);
        }
      }
      case String text when text.contains("{{") ->
          check(compiled(text, visible.names()), pointer, visible);
      case null, default -> {
        // reads nothing
      }
    }
  }

  private static Set<Reference> compiled(String text, Set<String> names) {
    try {
      return Template.compile(text, names).references();
    } catch (ExpressionSyntaxException e) {
      throw new IllegalStateException("part of a template that compiled before", e);
    }
  }

  /** Of a foreach; the reader has refused other variables here. */
  private void round(Reference reference, List<String> below, String pointer, Visible visible) {
    Shape value = visible.rounds().getOrDefault(reference.root(), Shape.ANYTHING);
    if (!value.canHave(below)) {
      add(
          pointer,
          reference,
          reference.root().equals(Variables.INDEX)
              ? "'index' is a number"
              : "with 'chunk' it is a list of items; go through it, e.g. %s.map(one, one.%s)"
                  .formatted(reference.root(), below.getFirst()));
    }
  }

  private void step(Reference reference, List<String> below, String pointer, Visible visible) {
    String id = below.getFirst();
    Shape output = visible.steps().get(id);
    if (output == null) {
      add(pointer, reference, notVisible(id, visible));
    } else if (below.size() > 1 && !below.get(1).equals(OUTPUT)) {
      add(pointer, reference, "of a step there is only its 'output'");
    } else if (below.size() > 2 && !output.canHave(below.subList(2, below.size()))) {
      add(
          pointer,
          reference,
          "the output of step '%s' has no such member".formatted(id)
              + (output.members().contains(below.get(2))
                  ? "" // what is below it is missing
                  : Suggestion.among(output.members(), below.get(2))));
    }
  }

  private String notVisible(String id, Visible visible) {
    if (!allSteps.contains(id)) {
      return "there is no step '" + id + "'" + Suggestion.among(visible.steps().keySet(), id);
    }
    for (String around = owners.get(id); around != null; around = owners.get(around)) {
      if (visible.steps().containsKey(around)) {
        return "step '%s' stands inside '%s'; read %s here"
            .formatted(id, around, new Reference(List.of(Variables.STEPS, around, OUTPUT)));
      }
    }
    return "step '%s' has no output yet here: it comes later, or in another branch".formatted(id);
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
      List<List<Step>> all = new ArrayList<>(step.action().inside());
      step.catches().stream()
          .filter(handler -> handler.handling() instanceof Catch.FallbackSteps)
          .map(Catch::steps)
          .forEach(all::add);
      for (List<Step> inside : all) {
        inside.forEach(inner -> owners.put(inner.id(), step.id()));
        collect(inside);
      }
    }
  }

  private static String escape(Object name) {
    return ((String) name).replace("~", "~0").replace("/", "~1");
  }
}
