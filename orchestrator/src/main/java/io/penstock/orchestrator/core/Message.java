package io.penstock.orchestrator.core;

import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepRequested;
import java.time.Instant;
import java.util.Optional;

/** Who else must hear of a fact. */
public sealed interface Message {

  /** To the workers of its kind. */
  record Command(StepRequested request) implements Message {}

  /**
   * To the dead letters of its kind's topic.
   *
   * @param request the last command, as it stood there
   */
  record DeadCommand(StepRequested request, StepError error) implements Message {}

  /** To the timer store: at most one entry per execution. */
  record WakeUpMoved(Optional<Instant> previous, Optional<Instant> at) implements Message {}
}
