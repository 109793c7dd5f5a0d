package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.expression.Template;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads how long a step waits. */
final class WaitReader {
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Problems problems;
  private final Expressions expressions;

  WaitReader(Problems problems, Expressions expressions) {
    this.problems = problems;
    this.expressions = expressions;
  }

  Optional<Action.Wait> read(Node node) {
    if (!(node instanceof Node.Mapping)) {
      return time(node).map(Action.Wait::new);
    }
    Fields fields = Fields.of(node, "wait", problems);
    Optional<Template> time = fields.require("for", "10m").flatMap(this::time);
    fields.done(Set.of("until", "signal"));
    return time.map(Action.Wait::new);
  }

  private Optional<Template> time(Node node) {
    if (node instanceof Node.Scalar scalar
        && scalar.value() instanceof String text
        && text.contains("{{")) {
      return expressions.textTemplate(node);
    }
    return new Values(problems)
        .duration(node, SHORTEST, LONGEST)
        .map(written -> Templates.constant(node.plain()));
  }
}
