package io.penstock.console.execution;

import io.penstock.console.execution.ExecutionSummary.Consumption;
import io.penstock.console.execution.ExecutionSummary.Failure;
import io.penstock.schema.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A step as it is stored.
 *
 * @param reads references that its expressions name
 * @param output its own part
 * @param outputOf path of the step whose output it takes over
 */
record StepRow(
    String executionId,
    String path,
    Optional<String> kind,
    String status,
    Optional<String> waitingFor,
    Optional<Instant> waitingUntil,
    int generation,
    List<String> reads,
    Optional<Json> output,
    Optional<String> outputOf,
    Optional<StepDetail.Branch> branch,
    Optional<Failure> error,
    Optional<Integer> caughtBy,
    Instant startedAt,
    Optional<Instant> endedAt,
    Consumption consumption) {

  /** The step's id: the last part of its path. */
  String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
