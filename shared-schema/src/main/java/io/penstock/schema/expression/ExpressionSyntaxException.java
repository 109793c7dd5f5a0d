package io.penstock.schema.expression;

/** An expression that cannot be compiled. */
public final class ExpressionSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset of the problem in the source, in characters from 0
   */
  public ExpressionSyntaxException(String message, int offset) {
    super(message);
    this.offset = offset;
  }

  /** Inside the expression; for one that stands in a template's string, inside that string. */
  public int offset() {
    return offset;
  }
}
