package io.penstock.schema.message;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The earliest timer of an execution may be due. Written by the orchestrator to its own log, so
 * that firing has a place in the order; twice is harmless, and a lost one comes again.
 *
 * @param due what the timer store said; whether something really is due, the core decides by the
 *     record's broker time
 */
public record TimerDue(ExecutionId execution, Instant due) implements Input {
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

  public TimerDue {
    requireNonNull(execution, "execution");
    requireNonNull(due, "due");
    if (due.isAfter(LATEST)) {
      throw new IllegalArgumentException("no timer store can hold " + due);
    }
  }
}
