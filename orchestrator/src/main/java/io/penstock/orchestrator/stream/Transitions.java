package io.penstock.orchestrator.stream;

import io.penstock.orchestrator.core.CoreInput;
import io.penstock.orchestrator.core.Decider;
import io.penstock.orchestrator.core.Definitions;
import io.penstock.orchestrator.core.Evolution;
import io.penstock.orchestrator.core.ExecutionControl;
import io.penstock.orchestrator.core.ExecutionDecider;
import io.penstock.orchestrator.core.ExecutionState;
import io.penstock.orchestrator.core.Message;
import io.penstock.orchestrator.core.Pieces;
import io.penstock.orchestrator.core.Reaction;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** From an input to its {@link Transition}: the core's three functions, one after the other. */
final class Transitions {
  /** Below the broker's default of 1 MiB for a record, with room for headers. */
  static final int RECORD_BYTES = 1_000_000;

  private final Decider decider;
  private final Reaction reaction;

  Transitions(Definitions definitions) {
    this(definitions, new ExecutionDecider(definitions));
  }

  Transitions(Definitions definitions, Decider decider) {
    this.decider = decider;
    this.reaction = new Reaction(definitions);
  }

  /**
   * Computes; writes nothing.
   *
   * @throws RuntimeException if there is a bug, or a record would be too large: the caller
   *     dead-letters the input
   */
  Transition compute(Place place, ExecutionId execution, Pieces pieces, CoreInput input) {
    ExecutionState state = ExecutionState.of(execution, pieces);
    List<Fact> facts = decider.decide(state, input, place.at());
    Optional<ExecutionControl> control = state.control();
    List<Message> messages = new ArrayList<>();
    for (Fact fact : facts) {
      state = Evolution.evolve(state, fact);
      control = state.control().or(controlBefore(control));
      messages.addAll(reaction.react(state, fact, place.partition(), place.at()));
    }
    HistoryRecord decided =
        new HistoryRecord(
            execution,
            control.map(ExecutionControl::workflow).orElseGet(execution::workflow),
            control.map(ExecutionControl::version),
            place.offset(),
            place.at(),
            control.map(ExecutionControl::status),
            state.waitingUntil(),
            facts);
    Encoded history = MessageCodec.encode(decided);
    if (history.value().length > RECORD_BYTES) {
      throw new IllegalStateException(
          "the history record would have " + history.value().length + " bytes");
    }
    return new Transition(execution, state.changes(), control, messages, decided, history);
  }

  private static Supplier<Optional<ExecutionControl>> controlBefore(
      Optional<ExecutionControl> control) {
    return () -> control;
  }
}
