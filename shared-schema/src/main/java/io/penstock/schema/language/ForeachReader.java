package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.expression.Expression;
import io.penstock.schema.expression.Variables;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a foreach goes through, and how. */
final class ForeachReader {
  private static final int DEFAULT_CONCURRENCY = 10;
  private static final int MAX_CONCURRENCY = 100;
  private static final int MAX_CHUNK = 1_000;
  private static final double ANY_SHARE = 1;
  private static final String ON_FAILURE = "onItemFailure";
  private static final String TOLERATE = "tolerate";
  private static final Pattern VARIABLE = Pattern.compile("[a-z][a-zA-Z0-9_]{0,62}");

  /** Names that CEL itself gives a meaning. */
  private static final Set<String> WORDS_OF_CEL =
      Set.of(
          "as",
          "bool",
          "break",
          "bytes",
          "const",
          "continue",
          "double",
          "dyn",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "int",
          "let",
          "list",
          "loop",
          "map",
          "math",
          "namespace",
          "null",
          "optional",
          "package",
          "return",
          "string",
          "true",
          "type",
          "uint",
          "var",
          "void",
          "while");

  private final Problems problems;
  private final Values values;
  private final Expressions expressions;
  private final StepReader steps;

  /**
   * @param steps for those around the foreach
   */
  ForeachReader(Problems problems, Expressions expressions, StepReader steps) {
    this.problems = problems;
    this.values = new Values(problems);
    this.expressions = expressions;
    this.steps = steps;
  }

  Optional<Action.Foreach> read(Node node) {
    Fields fields = Fields.of(node, "foreach", problems);
    Optional<Expression> items =
        fields.require("items", "input.contacts").flatMap(expressions::list);
    String as = fields.find("as").flatMap(this::variable).orElse(Variables.ITEM);
    int concurrency =
        fields
            .find("concurrency")
            .flatMap(number -> values.integer(number, 1, MAX_CONCURRENCY))
            .orElse(DEFAULT_CONCURRENCY);
    Optional<Integer> chunk =
        fields.find("chunk").flatMap(number -> values.integer(number, 1, MAX_CHUNK));
    Optional<Double> tolerate = tolerate(fields);
    StepReader inside = steps.inside(steps.around().inRound(as));
    List<Step> does = fields.require("steps", "[…]").map(inside::steps).orElse(List.of());
    fields.done();
    return items.map(list -> new Action.Foreach(list, as, concurrency, chunk, tolerate, does));
  }

  private Optional<String> variable(Node node) {
    return values.text(node).flatMap(name -> variable(node, name));
  }

  private Optional<String> variable(Node node, String name) {
    if (!VARIABLE.matcher(name).matches()) {
      problems.add(
          node.spot(),
          "'as' names a variable: letters, digits and '_', a lower-case letter first, at most 63,"
              + " e.g. contact");
      return Optional.empty();
    }
    boolean taken = Variables.ALL.contains(name) && !name.equals(Variables.ITEM);
    if (taken || WORDS_OF_CEL.contains(name)) {
      problems.add(
          node.spot(),
          "'%s' has a meaning of its own in expressions; write another name, e.g. contact"
              .formatted(name));
      return Optional.empty();
    }
    return Optional.of(name);
  }

  private Optional<Double> tolerate(Fields fields) {
    boolean goesOn =
        fields
            .find(ON_FAILURE)
            .flatMap(node -> values.choice(node, List.of(Boolean.FALSE, Boolean.TRUE), this::word))
            .orElse(false);
    Optional<Double> share =
        fields.find(TOLERATE).flatMap(number -> values.number(number, 0, ANY_SHARE));
    if (!goesOn && fields.has(TOLERATE)) {
      problems.add(
          fields.spot(TOLERATE),
          "the first item that fails ends the step; write onItemFailure: continue beside it, or"
              + " leave 'tolerate' out");
    }
    return goesOn ? Optional.of(share.orElse(ANY_SHARE)) : Optional.empty();
  }

  private String word(boolean goesOn) {
    return goesOn ? "continue" : "stop";
  }
}
