package io.penstock.simulator.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where steps are being written: what can be read there and what may stand there.
 *
 * @param steps that are done by then, the nearest last
 * @param item what a foreach around it calls its item
 * @param error whether a failure is being handled
 * @param ended whether the execution is about to end, of a failure or not
 * @param handling as the language sees it: in a catch or in {@code finally}
 * @param depth how many branches and rounds are around
 */
record Place(
    List<Done> steps,
    Optional<String> item,
    boolean error,
    boolean ended,
    boolean handling,
    boolean repeated,
    int depth) {
  static final Place TOP = new Place(List.of(), Optional.empty(), false, false, false, false, 0);

  /** What is known of a step's output, so that members are read only where they are. */
  enum Shape {
    CALL,
    ROUTE,
    FOREACH,
    OTHER;

    List<String> members() {
      return switch (this) {
        case CALL -> List.of("n", "of", "list");
        case ROUTE -> List.of("branch", "name");
        case FOREACH -> List.of("failed");
        case OTHER -> List.of();
      };
    }
  }

  /** A step that can be read. */
  record Done(String id, Shape shape) {
    /** As an expression names it. */
    String output() {
      return id.contains("-") ? "steps[\"" + id + "\"].output" : "steps." + id + ".output";
    }
  }

  /** A step, and what it leaves for those behind it. */
  record Written(Map<String, Object> yaml, Done done) {}

  Place behind(Done step) {
    List<Done> more = new ArrayList<>(steps);
    more.add(step);
    return new Place(more, item, error, ended, handling, repeated, depth);
  }

  Place inBranch() {
    return new Place(steps, item, error, ended, handling, repeated, depth + 1);
  }

  Place inRound(String name) {
    return new Place(steps, Optional.of(name), error, ended, handling, true, depth + 1);
  }

  Place inHandler() {
    return new Place(steps, item, true, false, true, repeated, depth);
  }

  Place inFinally() {
    return new Place(steps, item, false, true, true, repeated, depth);
  }

  /** Where a step is undone. */
  Place undoing(Done step) {
    Place behind = behind(step);
    return new Place(behind.steps, item, false, false, handling, repeated, depth);
  }
}
