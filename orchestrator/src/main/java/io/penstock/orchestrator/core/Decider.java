package io.penstock.orchestrator.core;

import io.penstock.schema.message.Fact;
import java.time.Instant;
import java.util.List;

/**
 * The first of the core's three functions; a port, so that a simulator can plant mistakes in it.
 */
@FunctionalInterface
public interface Decider {
  /**
   * Decides on one input.
   *
   * @param now broker time of the input, the only clock
   * @return at least one fact, in order; {@link Evolution} applied to all of them in turn gives the
   *     next state
   */
  List<Fact> decide(ExecutionState state, CoreInput input, Instant now);
}
