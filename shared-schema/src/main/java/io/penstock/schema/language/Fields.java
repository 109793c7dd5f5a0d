package io.penstock.schema.language;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of one object: which were asked for, and which nobody knows. */
final class Fields {
  private final Node.Mapping mapping;
  private final String what;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  private Fields(Node.Mapping mapping, String what, Problems problems) {
    this.mapping = mapping;
    this.what = what;
    this.problems = problems;
  }

  /**
   * @param what for messages, e.g. {@code a step}
   */
  static Fields of(Node node, String what, Problems problems) {
    if (node instanceof Node.Mapping mapping) {
      return new Fields(mapping, what, problems);
    }
    problems.add(
        node.spot(), "%s is an object with fields; this is %s".formatted(what, node.type()));
    return new Fields(new Node.Mapping(node.spot(), Map.of(), Map.of()), "", problems);
  }

  Problems problems() {
    return problems;
  }

  Spot spot() {
    return mapping.spot();
  }

  /** Where a field's name stands; the object's place if it is missing. */
  Spot spot(String name) {
    return mapping.names().getOrDefault(name, spot());
  }

  /** Whether it is written at all, be it empty. */
  boolean has(String name) {
    known.add(name);
    return mapping.members().containsKey(name);
  }

  Optional<Node> find(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    Node node = mapping.members().get(name);
    if (node instanceof Node.Scalar scalar && scalar.value() == null) {
      problems.add(spot(name), "'" + name + "' is empty; give it a value or leave it out");
      return Optional.empty();
    }
    return Optional.of(node);
  }

  /**
   * @param example shown when the field is missing
   */
  Optional<Node> require(String name, String example) {
    if (!has(name) && !what.isEmpty()) {
      problems.add(spot(), "%s needs '%s'; write %s: %s".formatted(what, name, name, example));
    }
    return find(name);
  }

  /** Reports every field that nobody asked for. */
  void done(Set<String> later) {
    for (String name : mapping.members().keySet()) {
      if (known.contains(name)) {
        continue;
      }
      problems.add(
          spot(name),
          later.contains(name)
              ? "'" + name + "' is not supported yet; leave it out"
              : "%s has no field '%s'".formatted(what, name) + Suggestion.among(known, name));
    }
  }

  void done() {
    done(Set.of());
  }
}
