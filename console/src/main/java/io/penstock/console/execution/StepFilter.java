package io.penstock.console.execution;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which steps of an execution to show, in the order in which they began.
 *
 * @param under only this step, or this scope, and what is inside
 * @param everyRound false: of a foreach only the step itself, with its rounds counted
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param after the last one of the page before
 */
record StepFilter(
    Optional<String> under,
    Optional<String> status,
    boolean everyRound,
    int limit,
    Optional<StepCursor> after) {
  static final int MAX_LIMIT = 200;
  private static final int FEWEST = 20;

  /** What all executions of one answer share. */
  private static final int STEPS_AT_ONCE = 4_000;

  private static final Set<String> STATUSES =
      new TreeSet<>(Set.of("RUNNING", "WAITING", "COMPLETED", "FAILED", "CANCELLED"));

  /** The first steps of each of so many executions, without those inside of rounds. */
  static StepFilter firstOf(int executions) {
    int each = Math.clamp(STEPS_AT_ONCE / Math.max(1, executions), FEWEST, MAX_LIMIT);
    return new StepFilter(Optional.empty(), Optional.empty(), false, each, Optional.empty());
  }

  /**
   * Reads query parameters; null is one that was not given.
   *
   * @throws ProblemException naming the parameter and what it may be
   */
  static StepFilter of(String under, String status, String rounds, String limit, String after) {
    return new StepFilter(
        Optional.ofNullable(under).map(StepFilter::path),
        Optional.ofNullable(status).map(StepFilter::status),
        "all".equals(rounds(rounds)),
        Parameters.number("limit", limit, 1, MAX_LIMIT).orElse((long) MAX_LIMIT).intValue(),
        Optional.ofNullable(after).map(StepFilter::cursor));
  }

  private static String path(String under) {
    if (under.isEmpty() || under.indexOf('\0') >= 0) {
      throw Parameters.refused("under", under, "a path such as each/17 or each/17/call");
    }
    return under;
  }

  private static String status(String status) {
    if (!STATUSES.contains(status)) {
      throw Parameters.refused("status", status, "one of " + String.join(", ", STATUSES));
    }
    return status;
  }

  private static String rounds(String rounds) {
    if (rounds != null && !Set.of("all", "folded").contains(rounds)) {
      throw Parameters.refused("rounds", rounds, "all or folded");
    }
    return rounds;
  }

  private static StepCursor cursor(String after) {
    return StepCursor.decode(after)
        .orElseThrow(() -> Parameters.refused("after", after, "the value 'next' of a page before"));
  }
}
