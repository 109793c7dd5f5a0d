package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Action.Branch;
import io.penstock.schema.definition.Step;
import io.penstock.schema.expression.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the branches of a route. */
final class RouteReader {
  private static final String OTHERWISE = "otherwise";

  private final Problems problems;
  private final Values values;
  private final Expressions expressions;
  private final StepReader steps;

  RouteReader(Problems problems, Expressions expressions, StepReader steps) {
    this.problems = problems;
    this.values = new Values(problems);
    this.expressions = expressions;
    this.steps = steps;
  }

  Optional<Action.Route> read(Node node) {
    List<Node> written = values.list(node, "branches");
    List<Branch> branches = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node branch : written) {
      branches.add(branch(branch, branches.size(), written.size(), names));
    }
    return branches.isEmpty() ? Optional.empty() : Optional.of(new Action.Route(branches));
  }

  private Branch branch(Node node, int index, int count, Set<String> names) {
    Fields fields = Fields.of(node, "a branch", problems);
    boolean otherwise = fields.has(OTHERWISE);
    Optional<Expression> when = fields.find("when").flatMap(expressions::condition);
    if (otherwise) {
      checkOtherwise(fields, node, index, count);
    } else if (!fields.has("when")) {
      problems.add(fields.spot(), "a branch needs 'when: condition', the last may be 'otherwise:'");
    }
    String name =
        fields
            .find("name")
            .flatMap(values::name)
            .orElse(otherwise ? OTHERWISE : String.valueOf(index));
    if (!names.add(name)) {
      problems.add(fields.spot("name"), "there is already a branch '" + name + "' in this route");
    }
    List<Step> inside = fields.require("steps", "[…]").map(steps::steps).orElse(List.of());
    fields.done();
    return new Branch(name, otherwise ? Optional.empty() : when, inside);
  }

  private void checkOtherwise(Fields fields, Node node, int index, int count) {
    if (fields.has("when")) {
      problems.add(fields.spot("when"), "a branch has either 'when' or 'otherwise', not both");
    }
    if (node instanceof Node.Mapping mapping
        && !(mapping.members().get(OTHERWISE) instanceof Node.Scalar scalar
            && scalar.value() == null)) {
      problems.add(
          fields.spot(OTHERWISE),
          "'otherwise:' stands alone; put its steps under 'steps:' beside it");
    }
    if (index < count - 1) {
      problems.add(
          fields.spot(OTHERWISE),
          "'otherwise' is the last branch; those behind it are never taken");
    }
  }
}
