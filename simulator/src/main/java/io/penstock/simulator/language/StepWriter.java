package io.penstock.simulator.language;

import io.penstock.simulator.language.Place.Done;
import io.penstock.simulator.language.Place.Shape;
import io.penstock.simulator.language.Place.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes steps of every kind that the language has. */
final class StepWriter {
  private static final int MAX_DEPTH = 3;

  private final Draft draft;
  private final Readings readings;
  private final CallWriter calls;
  private final CatchWriter catches;

  StepWriter(Draft draft) {
    this.draft = draft;
    this.readings = new Readings(draft);
    this.calls = new CallWriter(draft, readings);
    this.catches = new CatchWriter(draft, readings, calls, this);
  }

  CatchWriter catches() {
    return catches;
  }

  Readings readings() {
    return readings;
  }

  /** At least one. */
  List<Written> steps(Place place, int most) {
    List<Written> steps = new ArrayList<>();
    Place here = place;
    int count = draft.between(1, most);
    for (int i = 0; i < count; i++) {
      Written step = step(here);
      steps.add(step);
      here = here.behind(step.done());
    }
    return steps;
  }

  Written step(Place place) {
    boolean canHoldOthers = place.depth() < MAX_DEPTH && draft.hasRoom();
    int choice = draft.below(20);
    if (canHoldOthers && choice < 3) {
      return route(place);
    }
    if (canHoldOthers && choice < 6) {
      return parallel(place);
    }
    if (canHoldOthers && choice < 9) {
      return foreach(place);
    }
    if (choice < 11) {
      return waiting();
    }
    return choice < 12 ? doomed(place) : call(place);
  }

  private Written call(Place place) {
    Map<String, Object> step = begun();
    calls.on(step, place);
    Done done = done(step, Shape.CALL);
    if (draft.undoes() && draft.coin()) {
      Map<String, Object> undo = new LinkedHashMap<>();
      calls.on(undo, place.undoing(done));
      step.put("compensate", undo);
    }
    return caughtSometimes(3, step, Shape.CALL, place);
  }

  /** Its expression fails, whoever replays it. */
  private Written doomed(Place place) {
    Map<String, Object> step = begun();
    switch (draft.below(4)) {
      case 0 -> step.put("wait", "{{ input.text }}");
      case 1 -> {
        Map<String, Object> foreach = new LinkedHashMap<>();
        foreach.put("items", draft.coin() ? "input.nowhere" : "input.text");
        foreach.put("steps", List.of(call(place.inRound("item")).yaml()));
        step.put("foreach", foreach);
      }
      case 2 ->
          step.put(
              "route",
              List.of(members("when", "input.nowhere == 1", "steps", yaml(steps(place, 1)))));
      default -> calls.doomed(step, place);
    }
    if (draft.suspends() || draft.coin()) {
      catches.forSure(step, readings.likeACall(place.inHandler()));
    } else {
      catches.on(step, place);
    }
    return new Written(step, done(step, Shape.OTHER));
  }

  private Written waiting() {
    Map<String, Object> step = begun();
    step.put(
        "wait",
        draft.oneOf(
            "10ms",
            "5s",
            members("for", "1m"),
            "PT2H",
            "{{ input.minutes }}m",
            members("for", "{{ input.n }}s")));
    return new Written(step, done(step, Shape.OTHER));
  }

  private Written route(Place place) {
    Map<String, Object> step = begun();
    List<Map<String, Object>> branches = new ArrayList<>();
    int count = draft.between(1, 3);
    for (int i = 0; i < count; i++) {
      Map<String, Object> branch = new LinkedHashMap<>();
      if (i > 0 && i == count - 1 && draft.coin()) {
        branch.put("otherwise", null);
      } else {
        branch.put("when", readings.condition(place));
      }
      if (draft.oneIn(3)) {
        branch.put("name", "way-" + i);
      }
      branch.put("steps", yaml(steps(place, 2)));
      branches.add(branch);
    }
    step.put("route", branches);
    return caughtSometimes(3, step, Shape.ROUTE, place);
  }

  private Written parallel(Place place) {
    Map<String, Object> step = begun();
    Map<String, Object> parallel = new LinkedHashMap<>();
    int count = draft.between(2, 3);
    if (draft.races() && draft.coin()) {
      parallel.put("join", draft.oneOf("any", 1, count - 1));
      if (draft.coin()) {
        boolean mayOutlive = !place.repeated() && !place.handling();
        parallel.put("losers", mayOutlive && draft.coin() ? "finish" : "cancel");
      }
    } else if (draft.oneIn(3)) {
      parallel.put("join", draft.oneOf("all", count));
    }
    List<Map<String, Object>> branches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      branches.add(members("name", "lane" + i, "steps", yaml(steps(place.inBranch(), 2))));
    }
    parallel.put("branches", branches);
    step.put("parallel", parallel);
    return caughtSometimes(2, step, Shape.OTHER, place);
  }

  private Written foreach(Place place) {
    Map<String, Object> step = begun();
    Map<String, Object> foreach = new LinkedHashMap<>();
    String items = readings.items(place);
    boolean many = items.equals("input.many");
    foreach.put("items", items);
    String item = draft.oneIn(6) ? "row" : "item";
    if (!item.equals("item")) {
      foreach.put("as", item);
    }
    if (many || place.depth() > 0 || draft.coin()) {
      foreach.put("concurrency", draft.oneOf(1, 1, 2, 3, 4));
    }
    if (draft.oneIn(4)) {
      foreach.put("chunk", draft.oneOf(1, 2, 3, 10));
    }
    if (draft.coin()) {
      foreach.put("onItemFailure", "continue");
      if (draft.races() && draft.coin()) {
        foreach.put("tolerate", draft.oneOf(0, 0.1, 0.34, 0.5));
      }
    } else if (draft.oneIn(4)) {
      foreach.put("onItemFailure", "stop");
    }
    // Not many rounds of many steps: that would be the same again and again.
    Place inside = place.inRound(item);
    foreach.put("steps", many ? List.of(call(inside).yaml()) : yaml(steps(inside, 2)));
    step.put("foreach", foreach);
    return caughtSometimes(2, step, Shape.FOREACH, place);
  }

  private Written caughtSometimes(int oneIn, Map<String, Object> step, Shape shape, Place place) {
    if (!draft.oneIn(oneIn)) {
      return new Written(step, done(step, shape));
    }
    boolean same = catches.on(step, place).filter(caught -> caught == shape).isPresent();
    return new Written(step, done(step, same ? shape : Shape.OTHER));
  }

  private Map<String, Object> begun() {
    return members("id", draft.id());
  }

  private static Done done(Map<String, Object> step, Shape shape) {
    return new Done((String) step.get("id"), shape);
  }

  static List<Map<String, Object>> yaml(List<Written> steps) {
    return steps.stream().map(Written::yaml).toList();
  }

  /** Names and values in turn, in this order. */
  static Map<String, Object> members(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }
}
