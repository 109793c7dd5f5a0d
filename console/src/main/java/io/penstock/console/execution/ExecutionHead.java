package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * An execution without its steps.
 *
 * @param input empty also where many large ones were asked for at once
 * @param hasInput whether there is one; likewise for the output
 */
record ExecutionHead(
    ExecutionSummary summary,
    Optional<Json> input,
    boolean hasInput,
    Optional<Json> output,
    boolean hasOutput) {
  private static final String CANCELLED = "CANCELLED";
  private static final List<String> OPEN = List.of("RUNNING", "WAITING");

  String id() {
    return summary.id();
  }

  boolean hasEnded() {
    return summary.status().isEnd();
  }

  /** What was still open when the execution ended is cancelled; nobody writes that down. */
  String shown(String stepStatus) {
    return hasEnded() && OPEN.contains(stepStatus) ? CANCELLED : stepStatus;
  }

  /** As it is stored, a status that is shown; see {@link #shown}. */
  List<String> stored(String shown) {
    if (!hasEnded()) {
      return List.of(shown);
    }
    return CANCELLED.equals(shown)
        ? List.of("RUNNING", "WAITING", CANCELLED)
        : OPEN.contains(shown) ? List.of() : List.of(shown);
  }
}
