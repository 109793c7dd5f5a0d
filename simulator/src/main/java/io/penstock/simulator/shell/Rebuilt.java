package io.penstock.simulator.shell;

import io.penstock.orchestrator.core.Definitions;
import io.penstock.orchestrator.core.ExecutionDecider;
import io.penstock.schema.Topic;
import io.penstock.simulator.planted.PlantedBug;
import io.penstock.simulator.planted.PlantedDecider;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;

/**
 * A partition decided once more from the first record of its log, by a process to which nothing
 * happens.
 */
public final class Rebuilt {
  private static final int TICKS = 200;
  private static final long IDLE_MILLIS = 100;

  private final List<Sent> sent;
  private final PartitionState state;

  /** A record that it would have written, because of the input at an offset. */
  public record Sent(String topic, long offset, Bytes value) {}

  private Rebuilt(List<Sent> sent, PartitionState state) {
    this.sent = sent;
    this.state = state;
  }

  public static Rebuilt of(Cluster cluster, int partition) {
    List<Sent> sent = new ArrayList<>();
    long[] offset = {0};
    long[] nanos = {0};
    Definitions definitions =
        (name, version) ->
            cluster.planted() == PlantedBug.LATEST_DEFINITION
                ? cluster.definitions().newest(SimulatedOrchestrator.name(0), name)
                : cluster.definitions().find(name, version);
    PartitionTask task =
        new PartitionTask(
            partition,
            new PartitionState(),
            new TaskPorts(
                definitions,
                PlantedDecider.of(
                    cluster.bugs().before(new ExecutionDecider(definitions)),
                    cluster.planted(),
                    cluster.time()::epochMillis),
                cluster.log(),
                any -> 0, // nothing is held back
                new MockProducer<>(
                    true, null, new ByteArraySerializer(), new ByteArraySerializer()),
                () -> {},
                (topic, record) -> sent.add(new Sent(topic, offset[0], Bytes.wrap(record.value()))),
                () -> nanos[0],
                cluster.planted()));
    while (task.hasNext()) {
      offset[0] = task.position();
      task.next();
    }
    for (int i = 0; i < TICKS; i++) { // what it puts off, held commands and leftovers, is done then
      nanos[0] += IDLE_MILLIS * 1_000_000;
      task.tick(0);
    }
    PartitionState state = new PartitionState();
    task.commit(state);
    return new Rebuilt(sent, state);
  }

  public NavigableMap<Bytes, byte[]> state() {
    return state.state();
  }

  public List<Sent> sent(Topic topic) {
    return sent.stream().filter(one -> one.topic().equals(topic.topicName())).toList();
  }
}
