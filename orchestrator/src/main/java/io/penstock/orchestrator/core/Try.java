package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
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
 * @param patch an operator's edits (RFC 6902) of what the command carries; of all tries of the
 *     generation
 */
public record Try(
    int generation,
    int attempt,
    int delivery,
    int firstAttempt,
    Optional<String> ticket,
    Optional<Instant> since,
    Optional<Json> patch) {
  static final Try FIRST = new Try(1, 1, 1, 1, Optional.empty());

  /** Of a step whose retries are not limited in time. */
  public Try(int generation, int attempt, int delivery, int firstAttempt, Optional<String> ticket) {
    this(generation, attempt, delivery, firstAttempt, ticket, Optional.empty(), Optional.empty());
  }

  /** Of a step whose request is as the definition makes it. */
  public Try(
      int generation,
      int attempt,
      int delivery,
      int firstAttempt,
      Optional<String> ticket,
      Optional<Instant> since) {
    this(generation, attempt, delivery, firstAttempt, ticket, since, Optional.empty());
  }

  Try nextAttempt() {
    return new Try(generation, attempt + 1, 1, firstAttempt, Optional.empty(), since, patch);
  }

  Try nextDelivery(Optional<String> newTicket) {
    return new Try(generation, attempt, delivery + 1, firstAttempt, newTicket, since, patch);
  }

  /** Of what another version of the workflow makes of the step: another call, the same retries. */
  Try nextGeneration() {
    return new Try(generation + 1, attempt, 1, firstAttempt, Optional.empty(), since);
  }

  Try countedSince(Optional<Instant> start) {
    return new Try(generation, attempt, delivery, firstAttempt, ticket, start, patch);
  }

  /** How many retries of the current series have been used. */
  int retriesUsed() {
    return attempt - firstAttempt;
  }

  CommandId command(ExecutionId execution, StepPath path) {
    return new CommandId(execution, path, generation, attempt, delivery);
  }
}
