package io.penstock.orchestrator.core;

import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.Optional;

/**
 * Which try of a step: the numbers of its command.
 *
 * @param firstAttempt of the current series; a replay begins a new one with all its retries
 * @param ticket from an earlier deferral of this attempt
 * @param since when the first attempt of the series was handed out, if the step's retries are
 *     limited in time
 */
public record Try(
    int generation,
    int attempt,
    int delivery,
    int firstAttempt,
    Optional<String> ticket,
    Optional<Instant> since) {
  static final Try FIRST = new Try(1, 1, 1, 1, Optional.empty());

  /** Of a step whose retries are not limited in time. */
  public Try(int generation, int attempt, int delivery, int firstAttempt, Optional<String> ticket) {
    this(generation, attempt, delivery, firstAttempt, ticket, Optional.empty());
  }

  Try nextAttempt() {
    return new Try(generation, attempt + 1, 1, firstAttempt, Optional.empty(), since);
  }

  Try nextDelivery(Optional<String> newTicket) {
    return new Try(generation, attempt, delivery + 1, firstAttempt, newTicket, since);
  }

  Try countedSince(Optional<Instant> start) {
    return new Try(generation, attempt, delivery, firstAttempt, ticket, start);
  }

  /** How many retries of the current series have been used. */
  int retriesUsed() {
    return attempt - firstAttempt;
  }

  CommandId command(ExecutionId execution, StepPath path) {
    return new CommandId(execution, path, generation, attempt, delivery);
  }
}
