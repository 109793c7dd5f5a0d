package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a step came to, as it is stored.
 *
 * @param own its own part
 * @param outputOf path of the step whose output it takes over: a route that of its branch's last
 *     step, a caught step that of its fallback
 */
record OutputRow(
    String path,
    Optional<String> kind,
    String status,
    Optional<Json> own,
    Optional<String> outputOf,
    Optional<Instant> endedAt) {

  boolean isCompleted() {
    return "COMPLETED".equals(status);
  }

  /** Whether its output consists of those of the steps inside. */
  boolean isGathered() {
    return isCompleted()
        && outputOf.isEmpty()
        && own.filter(output -> !output.isNull()).isEmpty()
        && kind.filter(List.of("parallel", "foreach")::contains).isPresent();
  }

  /** Of a step right inside: branch or number of the round. */
  String slotIn(OutputRow outer) {
    return path.substring(outer.path.length() + 1, path.lastIndexOf('/'));
  }
}
