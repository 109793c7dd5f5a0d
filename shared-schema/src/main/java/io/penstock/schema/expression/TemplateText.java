package io.penstock.schema.expression;

import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One string with <code>{{ expression }}</code> in it. */
record TemplateText(List<Part> parts) {
  static final String OPEN = "{{";
  static final String CLOSE = "}}";

  /** Literal text or an expression. */
  sealed interface Part {}

  record Literal(String text) implements Part {}

  record Value(Expression expression) implements Part {}

  static TemplateText compile(String text, Collection<String> variables)
      throws ExpressionSyntaxException {
    List<Part> parts = new ArrayList<>();
    int here = 0;
    for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, here)) {
      if (open > here) {
        parts.add(new Literal(text.substring(here, open)));
      }
      int start = open + OPEN.length();
      int close = ExpressionEnd.find(text, start);
      if (close < 0) {
        throw new ExpressionSyntaxException(
            "the expression that starts here is never closed; write }} behind it, or"
                + " {{ \"{{\" }} for a literal {{",
            open);
      }
      parts.add(new Value(compile(text, start, close, variables)));
      here = close + CLOSE.length();
    }
    if (here < text.length()) {
      parts.add(new Literal(text.substring(here)));
    }
    return new TemplateText(List.copyOf(parts));
  }

  private static Expression compile(String text, int start, int close, Collection<String> variables)
      throws ExpressionSyntaxException {
    String between = text.substring(start, close);
    int indent = between.length() - between.stripLeading().length();
    try {
      return Expression.compile(between.strip(), variables);
    } catch (ExpressionSyntaxException e) {
      throw new ExpressionSyntaxException(e.getMessage(), start + indent + e.offset());
    }
  }

  Set<Reference> references() {
    Set<Reference> all = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Value value) {
        all.addAll(value.expression().references());
      }
    }
    return all;
  }

  Object render(Map<String, ?> context) throws ExpressionException {
    if (parts.size() == 1 && parts.getFirst() instanceof Value whole) {
      return whole.expression().evaluate(context);
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> text.append(literal.text());
        case Value value -> text.append(text(value.expression().evaluate(context)));
      }
    }
    return text.toString();
  }

  String renderEncoded(Map<String, ?> context, UnaryOperator<String> encode)
      throws ExpressionException {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> text.append(literal.text());
        case Value value -> {
          Object result = value.expression().evaluate(context);
          if (result == null) {
            throw new ExpressionException(
                "cannot put '" + value.expression() + "' into the text: it is null");
          }
          text.append(encode.apply(text(result)));
        }
      }
    }
    return text.toString();
  }

  private static String text(Object value) {
    return value instanceof String string ? string : Json.of(value).toString();
  }
}
