package io.penstock.orchestrator.core;

import io.penstock.schema.message.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A decision in the making: the facts so far, and the state that they add up to. */
final class Decision {
  private final List<Fact> facts = new ArrayList<>();
  private final Instant now;
  private ExecutionState state;

  Decision(ExecutionState state, Instant now) {
    this.state = state;
    this.now = now;
  }

  void add(Fact fact) {
    facts.add(fact);
    state = Evolution.evolve(state, fact);
  }

  ExecutionState state() {
    return state;
  }

  ExecutionControl control() {
    return state.control().orElseThrow();
  }

  /** Broker time of the input. */
  Instant now() {
    return now;
  }

  List<Fact> facts() {
    return List.copyOf(facts);
  }

  /** Keeps the execution's place in the timer store right; nothing is written if it still is. */
  void settleWakeUp(Optional<Instant> fired) {
    if (state.control().isEmpty()) {
      return;
    }
    Optional<Instant> stored = control().wakeUp();
    if (control().isEnded()) {
      // Ending set it; but an announcement that came too early took it out of the store.
      if (stored.isPresent() && stored.equals(fired)) {
        add(new Fact.WakeUpSet(stored, stored));
      }
      return;
    }
    boolean broken = control().isBroken();
    Optional<Instant> needed = broken ? Optional.empty() : control().earliestTimer();
    boolean storedIsGone = stored.isPresent() && (stored.equals(fired) || broken);
    boolean storedIsTooLate =
        needed.isPresent() && (stored.isEmpty() || needed.get().isBefore(stored.get()));
    if (storedIsGone || storedIsTooLate) {
      add(new Fact.WakeUpSet(stored, needed));
    }
  }
}
