package io.penstock.schema.expression;

/**
 * An expression could not be evaluated over the data at hand: a member that is not there, types
 * that do not fit, a limit that is reached. The message names the expression and never shows data.
 */
public final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  public ExpressionException(String message) {
    super(message);
  }
}
