package io.penstock.console.execution;

import io.penstock.schema.message.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which executions to list, newest first.
 *
 * @param since started then or later
 * @param until started before
 * @param waitingSince waiting, suspended or paused since then or longer
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param after the last one of the page before
 */
record ExecutionFilter(
    Optional<String> workflow,
    Optional<ExecutionStatus> status,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<Instant> waitingSince,
    int limit,
    Optional<Cursor> after) {
  static final int MAX_LIMIT = 200;
  static final int DEFAULT_LIMIT = 50;
  private static final Duration LONGEST_WAIT = Duration.ofDays(365);

  /**
   * Reads query parameters; null is one that was not given.
   *
   * @throws ProblemException naming the parameter and what it may be
   */
  static ExecutionFilter of(
      String workflow,
      String status,
      String since,
      String until,
      String waitingLongerThan,
      String limit,
      String after) {
    return new ExecutionFilter(
        Optional.ofNullable(workflow).map(ExecutionFilter::plainText),
        Optional.ofNullable(status).map(ExecutionFilter::status),
        Optional.ofNullable(since).map(value -> Parameters.instant("since", value)),
        Optional.ofNullable(until).map(value -> Parameters.instant("until", value)),
        Optional.ofNullable(waitingLongerThan)
            .map(value -> Parameters.duration("waitingLongerThan", value, LONGEST_WAIT))
            .map(Instant.now()::minus),
        Parameters.number("limit", limit, 1, MAX_LIMIT).orElse((long) DEFAULT_LIMIT).intValue(),
        Optional.ofNullable(after).map(Parameters::cursor));
  }

  private static String plainText(String workflow) {
    if (workflow.indexOf('\0') >= 0) {
      throw Parameters.refused("workflow", workflow, "a workflow's name");
    }
    return workflow;
  }

  private static ExecutionStatus status(String text) {
    return Arrays.stream(ExecutionStatus.values())
        .filter(status -> status.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Parameters.refused(
                    "status",
                    text,
                    "one of "
                        + Arrays.stream(ExecutionStatus.values())
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))));
  }
}
