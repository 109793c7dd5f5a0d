package io.penstock.simulator.shell;

import io.penstock.orchestrator.core.Decider;
import io.penstock.orchestrator.core.Definitions;
import io.penstock.orchestrator.stream.InputLog;
import io.penstock.simulator.log.SimulatedLog;
import io.penstock.simulator.planted.PlantedBug;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;

/**
 * What a task needs of its process and of the broker.
 *
 * @param ends of the input log, at a take-over
 * @param timers plain, not transactional
 * @param sink takes what is forwarded, into the transaction
 */
record TaskPorts(
    Definitions definitions,
    Decider decider,
    SimulatedLog log,
    InputLog ends,
    Producer<byte[], byte[]> timers,
    WriteGuard guard,
    SimulatedContext.Sink sink,
    LongSupplier nanoTime,
    PlantedBug planted) {}
