package io.penstock.ingest.accept;

import io.penstock.ingest.definition.KnownDefinitions;
import io.penstock.ingest.event.IncomingEvent;
import io.penstock.ingest.observe.IngestMetrics;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.publish.InputPublisher;
import io.penstock.ingest.resolve.Subscriptions;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.EventKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The part of the way that webhooks and events share: decide what each event starts, stamp it, put
 * it onto the log. All events of a request are decided before the first is published.
 */
@ApplicationScoped
public class EventIntake {
  private final KnownDefinitions definitions;
  private final InputPublisher publisher;
  private final IngestMetrics metrics;
  private final Clock clock = Clock.systemUTC();
  private volatile Revision current = new Revision(-1, Subscriptions.of(List.of()));

  public EventIntake(
      KnownDefinitions definitions, InputPublisher publisher, IngestMetrics metrics) {
    this.definitions = definitions;
    this.publisher = publisher;
    this.metrics = metrics;
  }

  private record Revision(long number, Subscriptions subscriptions) {}

  /**
   * @return the body of the answer: {@code {"events":[{"id":…,"executions":[…]}]}}, in the order of
   *     the events; the same for the same events as long as the subscriptions stay
   * @throws RejectedException nothing was published, or Kafka did not acknowledge all
   */
  public Map<String, Object> accept(List<IncomingEvent> events) throws RejectedException {
    Subscriptions subscriptions = subscriptions();
    List<EventAccepted> accepted = new ArrayList<>(events.size());
    for (IncomingEvent event : events) {
      accepted.add(stamped(event, subscriptions.startsOf(event)));
    }
    publisher.publish(accepted);
    accepted.forEach(event -> metrics.accepted(event.source()));
    return Map.of("events", accepted.stream().map(EventIntake::receipt).toList());
  }

  /** Built once per change of the definitions, not per event. */
  private Subscriptions subscriptions() throws RejectedException {
    long now = definitions.revision();
    Revision known = current;
    if (known.number() != now) {
      // The index may be newer than the number read before it: then this is built once more.
      known = new Revision(now, Subscriptions.of(definitions.index().currentWorkflows()));
      current = known;
    }
    return known.subscriptions();
  }

  private EventAccepted stamped(IncomingEvent event, List<EventAccepted.Start> starts) {
    EventKey key = event.key();
    return new EventAccepted(
        event.source(),
        event.id(),
        event.type(),
        event.subject(),
        event.time(),
        clock.instant(),
        event.partitionKey().map(given -> key.recordKey()),
        event.data(),
        starts);
  }

  private static Map<String, Object> receipt(EventAccepted event) {
    return Map.of(
        "id",
        event.id(),
        "executions",
        event.starts().stream().map(start -> start.execution().value()).toList());
  }
}
