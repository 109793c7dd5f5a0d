package io.penstock.console.execution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.penstock.schema.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything about an execution.
 *
 * @param waitsFor empty when it moves by itself, or has ended
 * @param steps in the order in which they began
 * @param history its records as they stand on the topic, in order; absent unless asked for
 */
record ExecutionDetail(
    @JsonUnwrapped ExecutionSummary summary,
    List<WaitsFor> waitsFor,
    Optional<Json> input,
    Optional<Json> output,
    List<StepDetail> steps,
    Optional<List<Json>> history) {

  /**
   * Something that the execution waits for.
   *
   * @param what {@code retry}, {@code deferral: <reason>}, {@code replay}, {@code resume}, …
   */
  record WaitsFor(String what, Optional<String> step, Optional<Instant> until) {}

  ExecutionDetail withHistory(List<Json> records) {
    return new ExecutionDetail(summary, waitsFor, input, output, steps, Optional.of(records));
  }
}
