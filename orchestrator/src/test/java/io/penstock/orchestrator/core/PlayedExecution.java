package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One execution, to which inputs happen one after the other, as under the shell. */
final class PlayedExecution {
  static final int PARTITION = 3;

  private final Workflow workflow;
  private final List<Workflow> versions = new ArrayList<>();
  private final ExecutionId id;
  private final MemoryPieces pieces = new MemoryPieces();
  private final Definitions definitions;
  private Instant now = Times.at("09:59:59");

  PlayedExecution(Workflow workflow) {
    this.workflow = workflow;
    this.id =
        ExecutionId.of(
            workflow.name(), EventKey.of(Happening.SOURCE, Happening.EVENT_ID, Optional.empty()));
    this.definitions =
        (name, version) ->
            versions.stream().filter(known -> known.version().equals(version)).findFirst();
    versions.add(workflow);
  }

  /** Another version has been applied. */
  void knows(Workflow other) {
    versions.add(other);
  }

  /**
   * What one input led to.
   *
   * @param status after the last fact that left something to have a status
   */
  record Transition(List<Fact> facts, List<Message> messages, ExecutionStatus status) {}

  Transition happens(Happening happening) {
    now = happening.time().orElse(now.plusSeconds(1));
    return happens(happening.in(this, now), now);
  }

  Transition happens(CoreInput input, Instant at) {
    now = at;
    List<Fact> facts = decide(input, at);
    List<Message> messages = new ArrayList<>();
    Reaction reaction = new Reaction(definitions);
    ExecutionState state = state();
    ExecutionStatus status = null;
    for (Fact fact : facts) {
      state = Evolution.evolve(state, fact);
      messages.addAll(reaction.react(state, fact, PARTITION, at));
      status = state.control().map(ExecutionControl::status).orElse(status);
    }
    pieces.apply(state.changes());
    return new Transition(facts, messages, status);
  }

  /** Without anything coming of it. */
  List<Fact> decide(CoreInput input, Instant at) {
    return new ExecutionDecider(definitions).decide(state(), input, at);
  }

  ExecutionState state() {
    return ExecutionState.of(id, pieces);
  }

  MemoryPieces pieces() {
    return pieces;
  }

  ExecutionId id() {
    return id;
  }

  /** In the version that it was started with. */
  Workflow workflow() {
    return workflow;
  }

  Definitions definitions() {
    return definitions;
  }

  Instant now() {
    return now;
  }

  Optional<Instant> wakeUp() {
    return pieces.control().flatMap(ExecutionControl::wakeUp);
  }
}
