package io.penstock.simulator.shell;

import io.penstock.orchestrator.stream.OrchestratorTopology;
import io.penstock.schema.Topic;
import io.penstock.simulator.log.LogRecord;
import io.penstock.simulator.planted.PlantedBug;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The real processor of one partition, from its take-over to its end. */
final class PartitionTask {
  /** Of the keys of timers in the store of executions. */
  private static final byte TIMER = 't';

  /** One in so many is, where that mistake is planted. */
  private static final int DROPPED_TIMERS = 4;

  /** Less than {@link SimulatedOrchestrator}'s session. */
  private static final Duration STANDSTILL = Duration.ofSeconds(5);

  private final int partition;
  private final TaskPorts ports;
  private final MemoryStore state;
  private final MemoryWindowStore seen;
  private final SimulatedContext context;
  private final Processor<byte[], byte[], byte[], byte[]> processor;
  private final long takenOverAt;
  private long position;
  private long fetched = Long.MAX_VALUE;

  PartitionTask(int partition, PartitionState restored, TaskPorts ports) {
    this.partition = partition;
    this.ports = ports;
    this.position = restored.offset();
    this.takenOverAt = end();
    PlantedBug planted = ports.planted();
    state =
        new MemoryStore(
            OrchestratorTopology.STATE,
            restored.state(),
            ports.guard(),
            key -> planted != PlantedBug.DROP_TIMER || !isDropped(key.get()));
    seen =
        new MemoryWindowStore(
            OrchestratorTopology.SEEN_EVENTS,
            restored.seen(),
            ports.guard(),
            planted != PlantedBug.SKIP_DEDUPLICATION);
    context =
        new SimulatedContext(
            partition,
            Map.of(OrchestratorTopology.STATE, state, OrchestratorTopology.SEEN_EVENTS, seen),
            ports.sink());
    processor =
        OrchestratorTopology.processor(
            ports.definitions(),
            ports.decider(),
            ports.ends(),
            ports.timers(),
            ports.log().partitions(),
            STANDSTILL,
            ports.nanoTime());
    processor.init(context);
  }

  private static boolean isDropped(byte[] key) {
    return key[0] == TIMER && Math.floorMod(Arrays.hashCode(key), DROPPED_TIMERS) == 0;
  }

  int partition() {
    return partition;
  }

  /** End of its input log when it began. */
  long takenOverAt() {
    return takenOverAt;
  }

  /** The offset of the next record. */
  long position() {
    return position;
  }

  boolean hasNext() {
    return position < Math.min(fetched, end());
  }

  /**
   * Takes the next record of its input log.
   *
   * @throws org.apache.kafka.common.KafkaException if a write fails: the transaction is lost
   */
  void next() {
    LogRecord record = ports.log().records(Topic.INPUTS.topicName(), partition).get((int) position);
    context.at(new At(record));
    processor.process(
        new Record<>(record.key(), record.value(), record.timestamp(), record.headers()));
    position++;
  }

  /** From now on it has nothing to read but what it had fetched. */
  void fetchesNoMore() {
    fetched = end();
  }

  void fetchesAgain() {
    fetched = Long.MAX_VALUE;
  }

  private long end() {
    return ports.log().end(Topic.INPUTS.topicName(), partition);
  }

  /** Lets it look for timers that are due, and do what it does now and then. */
  void tick(long wallClockMillis) {
    context.tick(wallClockMillis);
  }

  /** What it did since the last time, to what the broker holds of it. */
  void commit(PartitionState to) {
    to.commit(state.takeUncommitted(), seen.takeUncommitted(), position);
  }

  /** The mistake is planted that nobody wipes them: its writes outlive their transaction. */
  void leave(PartitionState to) {
    to.commit(state.takeUncommitted(), seen.takeUncommitted(), to.offset());
  }

  private record At(LogRecord record) implements RecordMetadata {
    @Override
    public String topic() {
      return record.topic();
    }

    @Override
    public int partition() {
      return record.partition();
    }

    @Override
    public long offset() {
      return record.offset();
    }
  }
}
