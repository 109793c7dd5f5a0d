package io.penstock.schema.expression;

import dev.cel.common.types.CelKind;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * One CEL expression, compiled once; thread-safe. Equal when the source is.
 *
 * <p>Data is plain: maps with string keys, lists, strings, {@code Long}, {@code Double}, {@code
 * Boolean}, null (or {@link io.penstock.schema.json.Json} instead of any of them); so are results.
 * The same data gives the same result, always: there is no clock and no randomness inside.
 */
public final class Expression {
  private final String source;
  private final Set<Reference> references;
  private final boolean canBeCondition;
  private final boolean canBeList;
  private final Program program;
  private final EvaluationAdvice advice;

  private Expression(String source, Collection<String> variables, CompiledCel compiled) {
    CelKind result = compiled.ast().getResultType().kind();
    this.source = source;
    this.references = References.of(compiled.ast(), variables);
    this.canBeCondition = isOrUnknown(CelKind.BOOL, result);
    this.canBeList = isOrUnknown(CelKind.LIST, result);
    this.program = compiled.program();
    this.advice = new EvaluationAdvice(source, references);
  }

  /**
   * @throws ExpressionSyntaxException with the place inside the source and what to write instead
   */
  public static Expression compile(String source) throws ExpressionSyntaxException {
    return compile(source, Set.of());
  }

  /**
   * As {@link #compile(String)}, with more names to start from.
   *
   * @param variables besides {@link Variables#ALL}
   */
  public static Expression compile(String source, Collection<String> variables)
      throws ExpressionSyntaxException {
    return new Expression(source, variables, CompiledCel.of(source, variables));
  }

  public String source() {
    return source;
  }

  /** What it reads, in the order of its text; the variables of macros are not among it. */
  public Set<Reference> references() {
    return references;
  }

  /** False for what can never be true or false, e.g. {@code "a" + "b"} or {@code size(input)}. */
  public boolean canBeCondition() {
    return canBeCondition;
  }

  /** False for what can never be a list, e.g. {@code "a" + "b"} or {@code size(input)}. */
  public boolean canBeList() {
    return canBeList;
  }

  /**
   * @param context variables by name, e.g. {@code input}, {@code steps}
   * @return an unmodifiable plain value; timestamps and durations as ISO 8601 text
   * @throws ExpressionException when a member is missing, types do not fit or a limit is reached
   */
  public Object evaluate(Map<String, ?> context) throws ExpressionException {
    try {
      return PlainResult.of(program.eval(name -> DataView.variable(context, name)));
    } catch (CelEvaluationException e) {
      throw advice.failed(e, context);
    } catch (PlainResult.NotPlainException e) {
      throw advice.unusable(e, context);
    }
  }

  /** As {@link #evaluate}, for conditions: a result that is no boolean is an error. */
  public boolean test(Map<String, ?> context) throws ExpressionException {
    Object result = evaluate(context);
    if (result instanceof Boolean holds) {
      return holds;
    }
    throw advice.noCondition(result);
  }

  private static boolean isOrUnknown(CelKind wanted, CelKind kind) {
    return kind == wanted || kind == CelKind.DYN || kind == CelKind.ANY;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression expression && source.equals(expression.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
