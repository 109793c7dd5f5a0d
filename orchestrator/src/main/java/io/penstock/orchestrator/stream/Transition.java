package io.penstock.orchestrator.stream;

import io.penstock.orchestrator.core.ExecutionControl;
import io.penstock.orchestrator.core.ExecutionState;
import io.penstock.orchestrator.core.Message;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.HistoryRecord;
import java.util.List;
import java.util.Optional;

/**
 * All that one input does to one execution, computed and not yet written.
 *
 * @param control after it, also where the state itself is forgotten; empty if there is none
 * @param history {@code decided} as it goes to its topic
 */
record Transition(
    ExecutionId execution,
    ExecutionState.Changes changes,
    Optional<ExecutionControl> control,
    List<Message> messages,
    HistoryRecord decided,
    Encoded history) {}
