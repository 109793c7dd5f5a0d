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
    Optional<Expression> condition = bare(scalar, source);
    return condition.isPresent() && !condition.get().canBeCondition()
        ? wrong(node, "a condition must be true or false; compare it with something")
        : condition;
  }

  /** A bare expression that gives a list. */
  Optional<Expression> list(Node node) {
    if (!(node instanceof Node.Scalar scalar) || !(scalar.value() instanceof String source)) {
      return wrong(
          node,
          "an expression that gives a list is expected here, e.g. input.contacts or \"['a', 'b']\"");
    }
    if (source.strip().startsWith("{{")) {
      return wrong(node, "the list is written as a bare expression; leave {{ and }} out");
    }
    Optional<Expression> list = bare(scalar, source);
    return list.isPresent() && !list.get().canBeList()
        ? wrong(
            node,
            "this never gives a list; name one, e.g. input.contacts, or"
                + " input.?contacts.orValue([]) where it may be absent")
        : list;
  }

  private Optional<Expression> bare(Node.Scalar scalar, String source) {
    try {
      Expression expression = Expression.compile(source, own());
      check(scalar, expression.references());
      return Optional.of(expression);
    } catch (ExpressionSyntaxException e) {
      problems.add(scalar.inside().apply(e.offset()), e.getMessage());
      return Optional.empty();
    }
  }

  /** The variables that only this place has. */
  private List<String> own() {
    return variables.stream().filter(name -> !Variables.ALL.contains(name)).toList();
  }

  /** Any structure with expressions inside its strings. */
  Optional<Template> template(Node node) {
    int before = problems.count();
    checkStrings(node);
    if (problems.count() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(Template.compile(node.plain(), own()));
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
      check(scalar, Template.compile(text, own()).references());
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
