package io.penstock.schema.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tree of a definition that arrives as JSON: no lines, only pointers. */
final class PlainTree {
  private PlainTree() {}

  static Node of(Object plain) {
    return node(plain, Spot.TOP_OF_WIRE);
  }

  private static Node node(Object plain, Spot here) {
    return switch (plain) {
      case Map<?, ?> map -> {
        Map<String, Node> members = new LinkedHashMap<>();
        Map<String, Spot> names = new LinkedHashMap<>();
        map.forEach(
            (key, value) -> {
              String name = (String) key;
              Spot at = here.below(name, 0, 0);
              names.put(name, at);
              members.put(name, node(value, at));
            });
        yield new Node.Mapping(here, members, names);
      }
      case List<?> list -> {
        List<Node> elements = new ArrayList<>();
        for (Object element : list) {
          elements.add(node(element, here.below(String.valueOf(elements.size()), 0, 0)));
        }
        yield new Node.Sequence(here, elements);
      }
      case null, default -> new Node.Scalar(here, plain, offset -> here);
    };
  }
}
