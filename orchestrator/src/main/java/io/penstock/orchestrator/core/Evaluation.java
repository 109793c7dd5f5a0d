package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.Expression;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ScopePath;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The few expressions that the core itself computes: lists of items, fallback outputs, the end. */
final class Evaluation {
  private final Decision decision;
  private final Workflow workflow;

  Evaluation(Decision decision, Workflow workflow) {
    this.decision = decision;
    this.workflow = workflow;
  }

  /**
   * A template at a place of the tree.
   *
   * @param error what a catch handles there
   */
  Json render(Template template, ScopePath scope, Optional<Caught> error)
      throws ExpressionException {
    return Json.of(template.render(seen(scope, template.references(), error)));
  }

  /** A template of a step. */
  Json render(Template template, ScopePath scope) throws ExpressionException {
    return render(template, scope, new Context(decision.state(), workflow).caughtAround(scope));
  }

  Object evaluate(Expression expression, ScopePath scope) throws ExpressionException {
    Context context = new Context(decision.state(), workflow);
    return expression.evaluate(seen(scope, expression.references(), context.caughtAround(scope)));
  }

  private Map<String, Object> seen(
      ScopePath scope, Set<Reference> references, Optional<Caught> error)
      throws ExpressionException {
    Context context = new Context(decision.state(), workflow);
    if (context.gathersTooMuch(scope, references)) {
      throw new ExpressionException(
          "the outputs that it puts together have more than %d bytes"
              .formatted(Limits.GATHERED_BYTES));
    }
    return context.slice(scope, references, error);
  }
}
