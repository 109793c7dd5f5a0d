package io.penstock.simulator.language;

import io.penstock.simulator.language.Place.Done;
import io.penstock.simulator.language.Place.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Expressions that read what a place can see. None of them can fail but {@link #NOWHERE}; and none
 * that is part of an output computes with what it reads.
 */
final class Readings {
  /** Fails always. */
  static final String NOWHERE = "{{ input.nowhere }}";

  private final Draft draft;

  Readings(Draft draft) {
    this.draft = draft;
  }

  /** One that names a value as it is. */
  String name(Place place) {
    List<String> names = new ArrayList<>(List.of("input.n", "input.text", "execution.id"));
    for (Done step : place.steps()) {
      names.add(step.output());
      step.shape().members().forEach(member -> names.add(step.output() + "." + member));
    }
    place.item().ifPresent(item -> names.addAll(List.of(item, "index", item)));
    if (place.error()) {
      names.addAll(
          List.of("error.type", "error.message", "error.step", "error.attempts", "error.input"));
      names.add("error");
    }
    if (place.ended()) {
      names.add("(error == null ? 'well' : error.type)");
      names.add("error");
    }
    boolean recent = draft.coin();
    return recent
        ? names.get(names.size() - 1 - draft.below(Math.min(5, names.size())))
        : draft.oneOf(names);
  }

  /** Of an output: read back by others. */
  Object simple(Place place) {
    return switch (draft.below(3)) {
      case 0 -> "it was {{ " + name(place) + " }}";
      case 1 -> List.of("{{ " + name(place) + " }}", 1L);
      default -> "{{ " + name(place) + " }}";
    };
  }

  /** Of what is sent. */
  Object any(Place place) {
    return switch (draft.below(7)) {
      case 0 -> "{{ [" + name(place) + ", " + name(place) + "] }}";
      case 1 -> "{{ {'a': " + name(place) + "} }}";
      case 2 -> Map.of("all", "{{ steps }}");
      case 3 -> "{{ " + condition(place) + " ? " + name(place) + " : " + name(place) + " }}";
      case 4 -> "{{ input }}";
      default -> simple(place);
    };
  }

  String text(Place place) {
    return "{{ " + name(place) + " }}: {{ " + name(place) + " }}";
  }

  String condition(Place place) {
    List<String> conditions =
        new ArrayList<>(
            List.of(
                "input.n > " + draft.below(10),
                "input.flag",
                "size(input.few) > " + draft.below(3),
                "input.text.startsWith('a') || input.n == " + draft.below(10)));
    for (Done step : place.steps()) {
      switch (step.shape()) {
        case CALL -> {
          conditions.add(step.output() + ".n > " + draft.below(10));
          conditions.add(step.output() + ".n % 2 == 0 && input.n > " + draft.below(5));
        }
        case ROUTE -> conditions.add(step.output() + ".branch == " + draft.below(2));
        case FOREACH -> conditions.add(step.output() + ".failed > " + draft.below(2));
        case OTHER -> {} // of which nothing is known
      }
    }
    place.item().ifPresent(item -> conditions.addAll(List.of("index % 2 == 0", "index > 1")));
    if (place.error()) {
      conditions.add("error != null && error.attempts > " + draft.between(1, 3));
      conditions.add("error != null && error.type == 'timeout'");
    }
    return draft.oneOf(conditions);
  }

  /** A list of a few items; of many where each round is small. */
  String items(Place place) {
    List<String> lists = new ArrayList<>(List.of("input.few", "[]", "[1, 'two', {'n': 3}]"));
    place.steps().stream()
        .filter(step -> step.shape() == Shape.CALL)
        .forEach(step -> lists.add(step.output() + ".list"));
    if (place.depth() == 0) {
      lists.addAll(List.of("input.many", "input.few.map(one, {'no': one})", "input.many"));
    }
    return draft.oneOf(lists);
  }

  /** In the shape of a call's output. */
  Map<String, Object> likeACall(Place place) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("n", (long) draft.below(10));
    output.put("of", "a catch");
    output.put("list", draft.coin() ? List.of() : List.of(1L, 2L));
    output.put("why", simple(place));
    return output;
  }
}
