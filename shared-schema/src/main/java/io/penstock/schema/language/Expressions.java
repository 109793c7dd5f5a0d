package io.penstock.schema.language;

import io.penstock.schema.expression.Expression;
import io.penstock.schema.expression.ExpressionSyntaxException;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.expression.Template;
import io.penstock.schema.expression.Variables;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles the expressions of one place in a definition.
 *
 * @param variables that have a value there
 */
record Expressions(Problems problems, List<String> variables) {
  /** Of an event that looks for its workflows. */
  static final List<String> OF_TRIGGER =
      List.of(Variables.DATA, Variables.TYPE, Variables.SUBJECT, Variables.SOURCE);

  /** Of a running execution. */
  static final List<String> OF_STEP =
      List.of(Variables.INPUT, Variables.STEPS, Variables.EXECUTION);

  /** Of a running execution with a step that failed. */
  static final List<String> OF_CATCH =
      List.of(Variables.INPUT, Variables.STEPS, Variables.EXECUTION, Variables.ERROR);

  static final List<String> OF_PROMPT = List.of(Variables.VARS);

  /** Of a request that a sender made. */
  static final List<String> OF_REQUEST =
      List.of(Variables.HEADERS, Variables.QUERY, Variables.BODY);

  /** A bare expression that is true or false. */
  Optional<Expression> condition(Node node) {
    if (!(node instanceof Node.Scalar scalar)
        || !(scalar.value() instanceof String || scalar.value() instanceof Boolean)) {
      return wrong(node, "a condition is expected here, e.g. input.total > 25");
    }
    String source = String.valueOf(scalar.value());
    if (source.strip().startsWith("{{")) {
      return wrong(node, "a condition is written bare; leave {{ and }} out");
    }
    try {
      Expression expression = Expression.compile(source);
      if (!expression.canBeCondition()) {
        return wrong(node, "a condition must be true or false; compare it with something");
      }
      check(node, expression.references());
      return Optional.of(expression);
    } catch (ExpressionSyntaxException e) {
      problems.add(scalar.inside().apply(e.offset()), e.getMessage());
      return Optional.empty();
    }
  }

  /** Any structure with expressions inside its strings. */
  Optional<Template> template(Node node) {
    int before = problems.count();
    checkStrings(node);
    if (problems.count() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(Template.compile(node.plain()));
    } catch (ExpressionSyntaxException e) {
      return wrong(node, e.getMessage());
    }
  }

  /** One string with expressions inside. */
  Optional<Template> textTemplate(Node node) {
    if (node instanceof Node.Scalar scalar && scalar.value() instanceof String) {
      return template(node);
    }
    return wrong(
        node, "text is expected here, with {{ … }} where a value goes; this is " + node.type());
  }

  /** An object with expressions inside. */
  Optional<Template> objectTemplate(Node node) {
    if (node instanceof Node.Mapping) {
      return template(node);
    }
    return wrong(node, "an object is expected here, name: value; this is " + node.type());
  }

  private void checkStrings(Node node) {
    switch (node) {
      case Node.Mapping mapping -> mapping.members().values().forEach(this::checkStrings);
      case Node.Sequence sequence -> sequence.elements().forEach(this::checkStrings);
      case Node.Scalar scalar -> {
        if (scalar.value() instanceof String text && text.contains("{{")) {
          checkString(scalar, text);
        }
      }
    }
  }

  private void checkString(Node.Scalar scalar, String text) {
    try {
      check(scalar, Template.compile(text).references());
    } catch (ExpressionSyntaxException e) {
      problems.add(scalar.inside().apply(e.offset()), e.getMessage());
    }
  }

  private void check(Node node, Set<Reference> references) {
    for (Reference reference : references) {
      if (!variables.contains(reference.root())) {
        problems.add(
            node.spot(),
            "'%s' has no value here; there is %s"
                .formatted(reference.root(), String.join(", ", variables)));
      }
    }
  }

  private <T> Optional<T> wrong(Node node, String message) {
    problems.add(node.spot(), message);
    return Optional.empty();
  }
}
