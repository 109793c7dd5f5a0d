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
 * @param attempts the latest ones, in order
 * @param attemptsLeftOut how many there were before; absent when these are all
 * @param rounds of a foreach
 * @param leftOut payloads that no longer fitted into the answer: {@code inputs}, {@code output}
 * @param error what ended its attempts; beside {@code COMPLETED}: what its {@code caughtBy}th catch
 *     took
 */
public record StepDetail(
    String path,
    Optional<String> kind,
    String status,
    Optional<String> waitingFor,
    Optional<Instant> waitingUntil,
    int generation,
    List<Attempt> attempts,
    Optional<Integer> attemptsLeftOut,
    Optional<Json> inputs,
    Optional<Json> output,
    Optional<List<String>> leftOut,
    Optional<Branch> branch,
    Optional<Rounds> rounds,
    Optional<Failure> error,
    Optional<Integer> caughtBy,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<Long> durationMs,
    Consumption consumption) {

  /** The branch that a route took. */
  record Branch(int index, Optional<String> name) {}

  /**
   * How far a foreach is, in rounds: items, or chunks of them.
   *
   * @param total absent when history no longer has its beginning
   * @param failed also those that were tolerated
   * @param cancelled with the foreach itself
   */
  record Rounds(Optional<Long> total, long completed, long failed, long cancelled, long running) {
    Rounds of(long all) {
      return new Rounds(Optional.of(all), completed, failed, cancelled, running);
    }
  }

  /**
   * One try.
   *
   * @param outcome {@code succeeded}, {@code failed}, {@code deferred}; absent while it is away
   * @param requestedAt broker's clock
   * @param startedAt worker's clock, as {@code endedAt}
   */
  public record Attempt(
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
