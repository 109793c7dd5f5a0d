package io.penstock.console.alert;

import io.penstock.schema.definition.Alert;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that an alert may tell of.
 *
 * @param id the same whenever it is found again
 * @param execution empty, as all texts that have no value: a condition that reads it stays
 *     decidable
 * @param step path of it
 * @param waitsFor for what a step waits
 * @param since by the broker's clock
 * @param topic of a record that nobody could read
 */
record Occurrence(
    String id,
    Alert.On kind,
    String execution,
    String workflow,
    String version,
    String step,
    String errorType,
    String errorMessage,
    String waitsFor,
    Instant since,
    Optional<Instant> until,
    String topic) {

  /** As a condition sees it under {@code input}. */
  Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", kind.id());
    data.put("execution", execution);
    data.put("workflow", workflow);
    data.put("version", version);
    data.put("step", step);
    data.put("error", Map.of("type", errorType, "message", errorMessage));
    data.put("waitsFor", waitsFor);
    data.put("since", since.toString());
    data.put("until", until.map(Instant::toString).orElse(""));
    data.put("topic", topic);
    data.put("link", execution.isEmpty() ? "" : "/api/executions/" + execution);
    return data;
  }

  /** What it has in common with those that one message may tell of together. */
  String alike() {
    return String.join("|", kind.id(), workflow, stepIds(), errorType, waitsFor, topic);
  }

  /** Every second part of a path names a branch or a round. */
  private String stepIds() {
    String[] parts = step.split("/", -1);
    StringBuilder ids = new StringBuilder(parts[0]);
    for (int i = 2; i < parts.length; i += 2) {
      ids.append('/').append(parts[i]);
    }
    return ids.toString();
  }
}
