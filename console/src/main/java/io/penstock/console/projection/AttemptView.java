package io.penstock.console.projection;

import io.penstock.schema.message.StepError;
import io.penstock.schema.message.Usage;
import java.time.Instant;
import java.util.Optional;

/** Row of {@code console.attempt}: one try of a step, with all its deliveries. */
final class AttemptView {
  static final String SUCCEEDED = "succeeded";
  static final String FAILED = "failed";
  static final String DEFERRED = "deferred";

  final String executionId;
  final String path;
  final Key key;
  int deliveries;

  /** Null while it is not back. */
  String outcome;

  StepError error;
  Instant requestedAt;
  Instant startedAt;
  Instant endedAt;
  String model;
  Spent spent = Spent.NOTHING;
  boolean changed;

  /** An attempt's place within its step. */
  record Key(int generation, int attempt) {}

  AttemptView(String executionId, String path, Key key) {
    this.executionId = executionId;
    this.path = path;
    this.key = key;
  }

  void delivered(int delivery, Instant at) {
    deliveries = Math.max(deliveries, delivery);
    requestedAt = requestedAt == null ? at : requestedAt;
    outcome = null;
    changed = true;
  }

  void cameBack(String how, StepError why, Optional<Instant> started, Optional<Instant> ended) {
    outcome = how;
    error = why;
    startedAt = started.orElse(startedAt);
    endedAt = ended.orElse(endedAt);
    changed = true;
  }

  void consumed(Usage usage) {
    model = usage.model();
    spent = spent.plus(usage);
  }
}
