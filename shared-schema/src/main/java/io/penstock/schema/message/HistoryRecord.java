package io.penstock.schema.message;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One transition of an execution: what one input led to.
 *
 * @param sequence offset of the input in its partition of {@code penstock.inputs}: rising, unique
 *     within an execution, and the same when an aborted transaction is decided again
 * @param at broker time of the input
 * @param version empty when nothing of the execution is known here (any more): then all facts are
 *     {@link Fact.InputIgnored}
 * @param status after the transition; empty likewise
 * @param waitingUntil with {@code WAITING}: when it goes on at the latest
 */
public record HistoryRecord(
    ExecutionId execution,
    String workflow,
    Optional<String> version,
    long sequence,
    Instant at,
    Optional<ExecutionStatus> status,
    Optional<Instant> waitingUntil,
    List<Fact> facts) {
  public HistoryRecord {
    requireNonNull(execution, "execution");
    requireNonNull(workflow, "workflow");
    requireNonNull(at, "at");
    requireNonNull(facts, "facts");
    facts = List.copyOf(facts);
  }
}
