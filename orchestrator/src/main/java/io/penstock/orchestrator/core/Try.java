package io.penstock.orchestrator.core;

import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepPath;
import java.util.Optional;

/**
 * Which try of a step: the numbers of its command.
 *
 * @param firstAttempt of the current series; a replay begins a new one with all its retries
 * @param ticket from an earlier deferral of this attempt
 */
public record Try(
    int generation, int attempt, int delivery, int firstAttempt, Optional<String> ticket) {
  static final Try FIRST = new Try(1, 1, 1, 1, Optional.empty());

  Try nextAttempt() {
    return new Try(generation, attempt + 1, 1, firstAttempt, Optional.empty());
  }

  Try nextDelivery(Optional<String> newTicket) {
    return new Try(generation, attempt, delivery + 1, firstAttempt, newTicket);
  }

  /** How many retries of the current series have been used. */
  int retriesUsed() {
    return attempt - firstAttempt;
  }

  CommandId command(ExecutionId execution, StepPath path) {
    return new CommandId(execution, path, generation, attempt, delivery);
  }
}
