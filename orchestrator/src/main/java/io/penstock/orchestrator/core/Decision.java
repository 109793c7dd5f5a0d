package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A decision in the making: the facts so far, and the state that they add up to. */
final class Decision {
  private final List<Fact> facts = new ArrayList<>();
  private final Instant now;
  private ExecutionState state;
  private int commands;
  private int inputBytes;
  private int madeBytes;
  private long commandBytes;

  Decision(ExecutionState state, Instant now) {
    this.state = state;
    this.now = now;
  }

  void add(Fact fact) {
    facts.add(fact);
    state = Evolution.evolve(state, fact);
    if (fact instanceof Fact.AttemptRequested) {
      commands++;
    } else if (fact instanceof Fact.ExecutionStarted f) {
      inputBytes += f.input().sizeBytes();
    } else if (fact instanceof Fact.StepCompleted f) {
      madeBytes += f.output().sizeBytes();
    } else if (fact instanceof Fact.ItemsFound f) {
      madeBytes += f.items().sizeBytes();
    }
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

  /**
   * Tells how much a command that was decided carries.
   *
   * @param bytes at most
   */
  void carries(long bytes) {
    commandBytes += bytes;
  }

  /** Nothing more is to be decided for an execution that has ended. */
  boolean isOver() {
    return state.control().map(ExecutionControl::isEnded).orElse(true);
  }

  /** Whether steps follow upon each other; not so while completed ones are undone. */
  boolean goesForward() {
    return !isOver() && !control().isCompensating();
  }

  /** Whether what begins now must begin in a transition of its own, to keep this one small. */
  boolean isFull() {
    return commands >= Limits.COMMANDS
        || commandBytes >= Limits.COMMAND_BYTES
        || facts.size() >= Limits.FACTS
        || madeBytes > Limits.PAYLOAD_BYTES;
  }

  /** Whether a list fits in beside what is decided already; a first one always does. */
  boolean hasRoomFor(Json items) {
    int soFar = inputBytes + madeBytes;
    return soFar == 0 || soFar + items.sizeBytes() <= Limits.PAYLOAD_BYTES;
  }
}
