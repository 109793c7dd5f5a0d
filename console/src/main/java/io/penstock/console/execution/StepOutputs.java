package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The outputs of an execution's steps, put together: a step may take over the output of another
 * instead of repeating it, and those of a parallel or a foreach consist of what is inside.
 */
final class StepOutputs {
  /** Deeper than any tree of steps; ends a circle that a broken record may make. */
  private static final int MAX_DEPTH = 100;

  private final OutputRows rows;

  /**
   * @param rows with all that is asked for loaded
   */
  StepOutputs(OutputRows rows) {
    this.rows = rows;
  }

  /** Absent while the step has none. */
  Optional<Json> of(String path) {
    return of(path, MAX_DEPTH);
  }

  private Optional<Json> of(String path, int depthLeft) {
    return depthLeft == 0
        ? Optional.empty()
        : rows.at(path)
            .flatMap(row -> row.isGathered() ? gathered(row, depthLeft) : taken(row, depthLeft));
  }

  private Optional<Json> taken(OutputRow row, int depthLeft) {
    Optional<Json> other = row.outputOf().flatMap(path -> of(path, depthLeft - 1));
    if (other.isEmpty()) {
      return row.own();
    }
    Optional<Map<?, ?>> own =
        row.own().map(Json::value).map(value -> value instanceof Map<?, ?> map ? map : null);
    return own.isEmpty() ? other : Optional.of(beside(own.get(), other.get()));
  }

  private static Json beside(Map<?, ?> own, Json output) {
    Map<Object, Object> all = new LinkedHashMap<>(own);
    all.put("output", output);
    return Json.of(all);
  }

  private Optional<Json> gathered(OutputRow outer, int depthLeft) {
    List<OutputRow> inside = rows.inside(outer);
    if (inside.isEmpty() || rows.isFull()) {
      return Optional.empty();
    }
    return Optional.of(
        outer.kind().filter("foreach"::equals).isPresent()
            ? items(outer, inside, depthLeft)
            : branches(outer, inside, depthLeft));
  }

  /** By branch, only those that ended well before the whole did. */
  private Json branches(OutputRow outer, List<OutputRow> inside, int depthLeft) {
    Map<String, OutputRow> last = new LinkedHashMap<>();
    inside.forEach(step -> last.put(step.slotIn(outer), step));
    Map<String, Object> outputs = new LinkedHashMap<>();
    last.forEach(
        (branch, step) -> {
          if (step.isCompleted() && isInTime(step, outer)) {
            of(step.path(), depthLeft - 1).ifPresent(output -> outputs.put(branch, output));
          }
        });
    return Json.of(outputs);
  }

  private static boolean isInTime(OutputRow step, OutputRow outer) {
    return step.endedAt()
        .flatMap(end -> outer.endedAt().map(outerEnd -> !end.isAfter(outerEnd)))
        .orElse(true);
  }

  /** In the order of the rounds; null where one did not end well. */
  private Json items(OutputRow outer, List<OutputRow> inside, int depthLeft) {
    Map<Integer, OutputRow> last = new TreeMap<>();
    inside.stream()
        .filter(step -> Character.isDigit(step.slotIn(outer).charAt(0)))
        .forEach(step -> last.put(Integer.valueOf(step.slotIn(outer)), step));
    List<Object> items = new ArrayList<>();
    long failed = 0;
    for (OutputRow step : last.values()) {
      failed += step.isCompleted() ? 0 : 1;
      items.add(step.isCompleted() ? of(step.path(), depthLeft - 1).orElse(null) : null);
    }
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("items", items);
    output.put("failed", failed);
    return Json.of(output);
  }
}
