package io.penstock.simulator.world;

import io.penstock.schema.Topic;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Input;
import io.penstock.simulator.plan.Planned;
import io.penstock.simulator.shell.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A replica of ingest: decides by the definitions that it has seen which versions an event starts,
 * and puts it into the log. It keeps nothing.
 */
public final class SimulatedIngest {
  private static final String CE_SOURCE = "/simulator/ingest";
  private static final String SOURCE = "shop";

  private final String name;
  private final Cluster cluster;

  public SimulatedIngest(int number, Cluster cluster) {
    this.name = name(number);
    this.cluster = cluster;
  }

  public static String name(int number) {
    return "ingest-" + number;
  }

  /** Accepts an event, the first time or again. */
  public void accept(Planned.Arrival arrival) {
    EventKey key = key(arrival);
    List<EventAccepted.Start> starts = new ArrayList<>();
    for (String workflow : arrival.workflows()) {
      cluster
          .definitions()
          .newest(name, workflow)
          .map(Workflow::version)
          .ifPresent(
              version ->
                  starts.add(
                      new EventAccepted.Start(workflow, version, ExecutionId.of(workflow, key))));
    }
    publish(
        new EventAccepted(
            SOURCE,
            id(arrival),
            "order.placed",
            Optional.empty(),
            Optional.empty(),
            cluster.time().instant(),
            arrival.partitionKey().map(given -> key.recordKey()),
            arrival.data(),
            starts));
  }

  /** The execution that an arrival starts of one of its workflows. */
  public static ExecutionId execution(Planned.Arrival arrival, String workflow) {
    return ExecutionId.of(workflow, key(arrival));
  }

  /** An operator's wish. */
  public void wish(Control control) {
    publish(control);
  }

  private static EventKey key(Planned.Arrival arrival) {
    return EventKey.of(SOURCE, id(arrival), arrival.partitionKey());
  }

  private static String id(Planned.Arrival arrival) {
    return "order-" + arrival.number();
  }

  private void publish(Input input) {
    Encoded encoded = MessageCodec.encode(input, CE_SOURCE);
    var unused =
        cluster
            .log()
            .append(
                Topic.INPUTS.topicName(),
                cluster.log().partitionOf(encoded.key()),
                encoded.key(),
                encoded.value(),
                encoded.headers(),
                Optional.empty());
  }
}
