package io.penstock.worker.notify;

import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import java.util.Map;

/** What people read; a value that is no text is shown as JSON. */
final class RenderedText {
  private RenderedText() {}

  static String of(Template template, Map<String, ?> variables) throws ExpressionException {
    return of(template.render(variables));
  }

  static String of(Object rendered) {
    return rendered instanceof String text ? text : Json.of(rendered).toString();
  }
}
