package io.penstock.schema.language;

import io.penstock.schema.expression.ExpressionSyntaxException;
import io.penstock.schema.expression.Template;

/** Templates that this package itself writes. */
final class Templates {
  private Templates() {}

  /**
   * @throws IllegalArgumentException if it does not compile: a bug here
   */
  static Template constant(Object source) {
    try {
      return Template.compile(source);
    } catch (ExpressionSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
