package io.penstock.console.execution;

import io.penstock.console.execution.ExecutionSummary.Consumption;
import io.penstock.console.execution.ExecutionSummary.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step as it is stored, without its payloads.
 *
 * @param place among the steps of its execution
 * @param reads references that its expressions name
 */
record StepRow(
    String executionId,
    String path,
    Optional<String> kind,
    String status,
    Optional<String> waitingFor,
    Optional<Instant> waitingUntil,
    StepCursor place,
    int generation,
    List<String> reads,
    Optional<StepDetail.Branch> branch,
    Optional<Failure> error,
    Optional<Integer> caughtBy,
    Instant startedAt,
    Optional<Instant> endedAt,
    Consumption consumption) {

  /** Present if it is one. */
  Optional<Foreach> foreach() {
    return kind.filter("foreach"::equals).map(any -> new Foreach(executionId, path));
  }

  /** What is asked for by this name where this step stands: in its scope, and in those around. */
  List<String> placesOf(String stepId) {
    List<String> places = new ArrayList<>();
    String scope = path;
    do {
      scope = scope.substring(0, Math.max(0, scope.lastIndexOf('/')));
      places.add(scope.isEmpty() ? stepId : scope + "/" + stepId);
      // The owner of the scope; what it stands in is the next scope.
      scope = scope.substring(0, Math.max(0, scope.lastIndexOf('/')));
    } while (places.getLast().indexOf('/') >= 0);
    return places;
  }

  /** Ids of the steps whose outputs its expressions name. */
  List<String> readSteps() {
    return reads.stream()
        .map(StepInputs::path)
        .filter(names -> names.size() > 1 && "steps".equals(names.getFirst()))
        .map(names -> names.get(1))
        .distinct()
        .toList();
  }
}
