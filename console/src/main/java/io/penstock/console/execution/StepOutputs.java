package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The outputs of an execution's steps, put together: a step may take over the output of another
 * instead of repeating it (a route that of its branch's last step, a caught step that of its
 * fallback).
 */
final class StepOutputs {
  /** Deeper than any tree of steps; ends a circle that a broken record may make. */
  private static final int MAX_DEPTH = 100;

  private final Map<String, StepRow> byPath;

  StepOutputs(Collection<StepRow> steps) {
    this.byPath = steps.stream().collect(Collectors.toMap(StepRow::path, Function.identity()));
  }

  /** Absent while the step has none. */
  Optional<Json> of(StepRow step) {
    return of(step, 0);
  }

  private Optional<Json> of(StepRow step, int depth) {
    Optional<Json> other =
        step.outputOf()
            .filter(path -> depth < MAX_DEPTH)
            .map(byPath::get)
            .flatMap(taken -> of(taken, depth + 1));
    if (other.isEmpty()) {
      return step.output();
    }
    Optional<Map<?, ?>> own =
        step.output().map(Json::value).map(value -> value instanceof Map<?, ?> map ? map : null);
    return own.isEmpty() ? other : Optional.of(beside(own.get(), other.get()));
  }

  private static Json beside(Map<?, ?> own, Json output) {
    Map<Object, Object> all = new LinkedHashMap<>(own);
    all.put("output", output);
    return Json.of(all);
  }
}
