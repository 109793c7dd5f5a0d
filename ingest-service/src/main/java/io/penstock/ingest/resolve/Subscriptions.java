package io.penstock.ingest.resolve;

import io.penstock.ingest.event.IncomingEvent;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.schema.definition.Trigger;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which workflow versions an event starts: decided here, once, and obeyed by everybody behind.
 * Pure; made once for each change of the definitions.
 *
 * <p>One workflow is started once, however many of its triggers match.
 */
public final class Subscriptions {
  private final Map<Topic, List<Subscriber>> bySourceAndType;

  private Subscriptions(Map<Topic, List<Subscriber>> bySourceAndType) {
    this.bySourceAndType = bySourceAndType;
  }

  private record Topic(String source, String type) {}

  /**
   * @param current of each workflow the version that new events start
   */
  public static Subscriptions of(List<Workflow> current) {
    Map<Topic, List<Subscriber>> found = new HashMap<>();
    for (Workflow workflow : current) {
      Map<Topic, List<Trigger>> triggers = new HashMap<>();
      for (Trigger trigger : workflow.on()) {
        triggers
            .computeIfAbsent(new Topic(trigger.source(), trigger.type()), any -> new ArrayList<>())
            .add(trigger);
      }
      triggers.forEach(
          (topic, matching) ->
              found
                  .computeIfAbsent(topic, any -> new ArrayList<>())
                  .add(new Subscriber(workflow, matching)));
    }
    return new Subscriptions(found);
  }

  /**
   * @return in the order of the workflows' names; empty when nobody subscribed
   * @throws RejectedException {@code trigger} if a {@code when} cannot be evaluated over this
   *     event: taking it for false would lose the event without a word; {@code input-schema} with
   *     every violation of every workflow that it would start
   */
  public List<EventAccepted.Start> startsOf(IncomingEvent event) throws RejectedException {
    List<Subscriber> subscribers =
        bySourceAndType.getOrDefault(new Topic(event.source(), event.type()), List.of());
    EventKey key = event.key();
    List<EventAccepted.Start> starts = new ArrayList<>();
    List<Map<String, Object>> violations = new ArrayList<>();
    for (Subscriber subscriber : subscribers) {
      if (subscriber.wants(event)) {
        Workflow workflow = subscriber.workflow();
        violations.addAll(subscriber.violations(event.data()));
        starts.add(
            new EventAccepted.Start(
                workflow.name(), workflow.version(), ExecutionId.of(workflow.name(), key)));
      }
    }
    if (!violations.isEmpty()) {
      throw new RejectedException(
          Reason.INPUT_SCHEMA,
          "the event's data does not fit the input schema of a workflow that it would start; nothing was started: see violations",
          Map.of("violations", violations));
    }
    return starts;
  }
}
