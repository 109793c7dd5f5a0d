package io.penstock.console.execution;

import io.penstock.console.execution.ExecutionSummary.Consumption;
import io.penstock.console.execution.ExecutionSummary.Failure;
import io.penstock.schema.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A step of an execution, with its attempts.
 *
 * @param kind absent when its request is no longer in history
 * @param status {@code RUNNING}, {@code WAITING}, {@code COMPLETED}, {@code FAILED}, or {@code
 *     CANCELLED} for what was still open when the execution ended
 * @param inputs what its last command carried: the parts of input and earlier outputs that its
 *     expressions read
 * @param error what ended its attempts; beside {@code COMPLETED}: what its {@code caughtBy}th catch
 *     took
 */
record StepDetail(
    String path,
    Optional<String> kind,
    String status,
    Optional<String> waitingFor,
    Optional<Instant> waitingUntil,
    int generation,
    List<Attempt> attempts,
    Optional<Json> inputs,
    Optional<Json> output,
    Optional<Branch> branch,
    Optional<Failure> error,
    Optional<Integer> caughtBy,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<Long> durationMs,
    Consumption consumption) {

  /** The branch that a route took. */
  record Branch(int index, Optional<String> name) {}

  /**
   * One try.
   *
   * @param outcome {@code succeeded}, {@code failed}, {@code deferred}; absent while it is away
   * @param requestedAt broker's clock
   * @param startedAt worker's clock, as {@code endedAt}
   */
  record Attempt(
      int generation,
      int attempt,
      int deliveries,
      Optional<String> outcome,
      Optional<Failure> error,
      Optional<Instant> requestedAt,
      Optional<Instant> startedAt,
      Optional<Instant> endedAt,
      Optional<Long> durationMs,
      Optional<String> model,
      Consumption consumption) {}
}
