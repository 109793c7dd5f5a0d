package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.expression.Variables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What expressions at one place of a workflow can read, beside what they can read everywhere.
 *
 * @param steps those that are done by then, with the shape of their output
 * @param rounds variables of the foreach around it
 */
record Visible(Map<String, Shape> steps, Map<String, Shape> rounds) {
  static final Visible NOTHING = new Visible(Map.of(), Map.of());

  /** Behind a step. */
  Visible behind(String id, Shape output) {
    return new Visible(with(steps, id, output), rounds);
  }

  /** Inside a foreach. */
  Visible in(Action.Foreach foreach) {
    Shape item = foreach.chunk().isPresent() ? Shape.NO_OBJECT : Shape.ANYTHING;
    return new Visible(
        steps, with(with(rounds, foreach.as(), item), Variables.INDEX, Shape.NO_OBJECT));
  }

  /** The names of variables that compilation must know. */
  Set<String> names() {
    return rounds.keySet();
  }

  private static Map<String, Shape> with(Map<String, Shape> shapes, String name, Shape shape) {
    Map<String, Shape> more = new LinkedHashMap<>(shapes);
    more.put(name, shape);
    return more;
  }
}
