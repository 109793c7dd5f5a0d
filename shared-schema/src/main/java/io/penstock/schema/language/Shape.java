package io.penstock.schema.language;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of a value before it exists: which members it can have. */
sealed interface Shape {
  Shape ANYTHING = new Anything();
  Shape NO_OBJECT = new Members(Map.of());

  /** False only if no value of this shape has something at the path. */
  boolean canHave(List<String> path);

  /** What to read instead of a member that cannot be there; empty: nobody knows. */
  Set<String> members();

  /** A value of which nothing is known. */
  record Anything() implements Shape {
    @Override
    public boolean canHave(List<String> path) {
      return true;
    }

    @Override
    public Set<String> members() {
      return Set.of();
    }
  }

  /** An object with these members and no others. */
  record Members(Map<String, Shape> byName) implements Shape {
    @Override
    public boolean canHave(List<String> path) {
      return path.isEmpty()
          || (byName.containsKey(path.getFirst())
              && byName.get(path.getFirst()).canHave(path.subList(1, path.size())));
    }

    @Override
    public Set<String> members() {
      return byName.keySet();
    }
  }

  /** One of several, nobody knows which. */
  record OneOf(List<Shape> shapes) implements Shape {
    @Override
    public boolean canHave(List<String> path) {
      return shapes.stream().anyMatch(shape -> shape.canHave(path));
    }

    @Override
    public Set<String> members() {
      return shapes.getFirst().members();
    }
  }

  /** An object with these members and perhaps others. */
  record Open(Map<String, Shape> known) implements Shape {
    @Override
    public boolean canHave(List<String> path) {
      return path.isEmpty()
          || !known.containsKey(path.getFirst())
          || known.get(path.getFirst()).canHave(path.subList(1, path.size()));
    }

    @Override
    public Set<String> members() {
      return known.keySet();
    }
  }
}
