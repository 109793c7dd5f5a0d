package io.penstock.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far an execution has come, as the console tells it.
 *
 * @param steps in the order in which they began; a parallel is seen by what is inside
 * @param score empty until there is one
 * @param route empty until one is taken
 * @param costMicroUsd millionths of a US dollar; empty when no call had a price
 * @param took empty until it has ended
 */
record ExecutionProgress(
    String status,
    List<StepProgress> steps,
    Optional<Double> score,
    Optional<String> route,
    Optional<Long> costMicroUsd,
    Optional<Duration> took) {
  static final ExecutionProgress ACCEPTED =
      new ExecutionProgress(
          "ACCEPTED",
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
  private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "CANCELLED", "SUSPENDED");

  /**
   * A step of it.
   *
   * @param name its own, without those of what is around it
   * @param attempts how often it was tried so far
   * @param caught whether it failed, and its fallback took its place
   */
  record StepProgress(String name, String status, int attempts, boolean caught) {}

  /** Whether nothing more will happen by itself. */
  boolean hasEnded() {
    return ENDS.contains(status);
  }

  boolean hasCompleted() {
    return status.equals("COMPLETED");
  }

  /** From the body of {@code GET /api/executions/{id}}. */
  static ExecutionProgress of(JsonNode execution) {
    List<StepProgress> steps = new ArrayList<>();
    Optional<Double> score = Optional.empty();
    Optional<String> route = Optional.empty();
    for (JsonNode step : execution.path("steps")) {
      if (step.path("kind").asText().equals("parallel")) {
        continue;
      }
      String path = step.path("path").asText();
      steps.add(
          new StepProgress(
              path.substring(path.lastIndexOf('/') + 1),
              step.path("status").asText(),
              step.path("attempts").size(),
              step.has("caughtBy")));
      if (path.equals("score") && step.path("output").has("total")) {
        score = Optional.of(step.path("output").path("total").asDouble());
      }
      if (path.equals("pipeline") && step.path("branch").has("name")) {
        route = Optional.of(step.path("branch").path("name").asText());
      }
    }
    JsonNode cost = execution.path("consumption").path("costMicroUsd");
    JsonNode took = execution.path("durationMs");
    return new ExecutionProgress(
        execution.path("status").asText(),
        List.copyOf(steps),
        score,
        route,
        cost.isNumber() ? Optional.of(cost.asLong()) : Optional.empty(),
        took.isNumber() ? Optional.of(Duration.ofMillis(took.asLong())) : Optional.empty());
  }
}
