package io.penstock.simulator.language;

import io.penstock.simulator.language.Place.Shape;
import io.penstock.simulator.language.Place.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what is done instead when a step has failed. */
final class CatchWriter {
  private final Draft draft;
  private final Readings readings;
  private final CallWriter calls;
  private final StepWriter steps;

  CatchWriter(Draft draft, Readings readings, CallWriter calls, StepWriter steps) {
    this.draft = draft;
    this.readings = readings;
    this.calls = calls;
    this.steps = steps;
  }

  /**
   * One or two catches.
   *
   * @return the shape that the output of what they leave has, if it is one for all
   */
  Optional<Shape> on(Map<String, Object> step, Place place) {
    List<Map<String, Object>> catches = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    int count = draft.oneIn(3) ? 2 : 1;
    for (int i = 0; i < count; i++) {
      Map<String, Object> handler = new LinkedHashMap<>();
      if (i < count - 1 || draft.oneIn(3)) {
        handler.put(
            "errors",
            draft.oneOf(
                List.of("communication"),
                List.of("timeout", "communication"),
                List.of("runtime", "validation", "expression"),
                List.of("authentication", "quota")));
      }
      shapes.add(handling(handler, place.inHandler()));
      catches.add(handler);
    }
    step.put("catch", catches);
    return shapes.stream().distinct().count() == 1
        ? Optional.of(shapes.getFirst())
        : Optional.empty();
  }

  /** One that takes everything, and cannot fail itself. */
  void forSure(Map<String, Object> step, Object output) {
    step.put("catch", List.of(Map.of("output", output)));
  }

  private Shape handling(Map<String, Object> handler, Place place) {
    return switch (draft.below(6)) {
      case 0, 1 -> {
        handler.put("output", readings.likeACall(place));
        yield Shape.CALL;
      }
      case 2 -> {
        calls.on(handler, place);
        yield Shape.CALL;
      }
      case 3 -> {
        handler.put("output", Readings.NOWHERE);
        yield Shape.CALL; // it never is
      }
      default -> several(handler, place);
    };
  }

  private Shape several(Map<String, Object> handler, Place place) {
    List<Map<String, Object>> written = new ArrayList<>();
    Place here = place;
    Shape last = Shape.OTHER;
    int count = draft.between(1, 3);
    for (int i = 0; i < count; i++) {
      Written step = steps.step(here);
      written.add(step.yaml());
      here = here.behind(step.done());
      last = step.done().shape();
    }
    handler.put("steps", written);
    if (draft.oneIn(4)) {
      boolean doomed = draft.oneIn(4);
      handler.put("output", doomed ? Readings.NOWHERE : readings.likeACall(here));
      return Shape.CALL;
    }
    return last;
  }
}
