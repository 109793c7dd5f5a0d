package io.penstock.console.execution;

import io.penstock.schema.message.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An execution as a list shows it.
 *
 * @param statusSince absent where an older console wrote it down
 * @param durationMs absent until it has ended
 * @param error of a suspended or failed execution
 */
record ExecutionSummary(
    String id,
    String workflow,
    String version,
    ExecutionStatus status,
    Optional<Instant> statusSince,
    Optional<Instant> waitingUntil,
    Instant startedAt,
    Instant updatedAt,
    Optional<Instant> endedAt,
    Optional<Long> durationMs,
    TriggerEvent event,
    Optional<Failure> error,
    Consumption consumption) {

  /** The event that started it; parts are absent when its history no longer has the beginning. */
  record TriggerEvent(Optional<String> source, Optional<String> id, Optional<String> type) {}

  /**
   * What went wrong.
   *
   * @param path of the step
   */
  record Failure(String type, String message, boolean retriable, Optional<String> path) {}

  /**
   * What models consumed.
   *
   * @param costMicroUsd millionths of a US dollar; absent when no call had a price
   */
  record Consumption(long inputTokens, long outputTokens, Optional<Long> costMicroUsd) {}

  static Optional<Long> millisBetween(Optional<Instant> from, Optional<Instant> to) {
    return from.flatMap(start -> to.map(end -> Duration.between(start, end).toMillis()));
  }
}
