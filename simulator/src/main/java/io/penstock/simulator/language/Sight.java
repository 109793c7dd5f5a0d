package io.penstock.simulator.language;

import io.penstock.schema.expression.Expression;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What expressions see at one place. Immutable; a place further in sees more.
 *
 * @param variables all but the steps
 * @param outputs of steps, by id
 */
record Sight(Map<String, Object> variables, Map<String, Object> outputs) {
  /** Like nothing that expressions can read. */
  private static final Missing MISSING = new Missing();

  private record Missing() {}

  Sight with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(variables);
    more.put(name, value);
    return new Sight(more, outputs);
  }

  Sight withStep(String id, Object output) {
    Map<String, Object> more = new LinkedHashMap<>(outputs);
    more.put(id, output);
    return new Sight(variables, more);
  }

  /** While nobody knows which steps are done. */
  Sight blurred() {
    Map<String, Object> blurred = new LinkedHashMap<>(outputs);
    blurred.replaceAll((id, output) -> Unknown.VALUE);
    return new Sight(variables, blurred);
  }

  Sight handling(Object error) {
    return with("error", error);
  }

  Sight notHandling() {
    return with("error", null);
  }

  Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>(variables);
    Map<String, Object> steps = new LinkedHashMap<>();
    outputs.forEach((id, output) -> steps.put(id, Collections.singletonMap("output", output)));
    all.put("steps", plain(steps));
    return all;
  }

  /** As it is after a way over the wire. */
  static Object plain(Object value) {
    return Json.of(value).value();
  }

  /** Whether any of what is named is not known. */
  boolean isUnknown(Collection<Reference> references) {
    return references.stream().anyMatch(reference -> Unknown.isIn(found(reference)));
  }

  /** Whether any of what is named is surely not there. */
  boolean lacks(Collection<Reference> references) {
    return references.stream().anyMatch(reference -> found(reference) instanceof Missing);
  }

  private Object found(Reference reference) {
    Object here = all();
    for (String name : reference.path()) {
      if (!(here instanceof Map<?, ?> object)) {
        break;
      }
      here = object.containsKey(name) ? object.get(name) : MISSING;
    }
    return here;
  }

  /** An output; unknown parts of what it is made of are unknown parts of it. */
  Object output(Template template) throws ExpressionException {
    try {
      return plain(template.render(all()));
    } catch (ExpressionException e) {
      if (isUnknown(template.references()) && !lacks(template.references())) {
        return Unknown.VALUE;
      }
      throw e;
    }
  }

  /** What decides; {@link Unknown#VALUE} if it depends. */
  Object value(Expression expression) throws ExpressionException {
    return isUnknown(expression.references()) ? Unknown.VALUE : plain(expression.evaluate(all()));
  }
}
