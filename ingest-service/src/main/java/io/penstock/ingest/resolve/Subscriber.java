package io.penstock.ingest.resolve;

import io.penstock.ingest.event.IncomingEvent;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.schema.definition.Trigger;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Variables;
import io.penstock.schema.json.Json;
import io.penstock.schema.language.JsonSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A workflow that waits for events of one source and type. Thread-safe. */
final class Subscriber {
  private final Workflow workflow;
  private final List<Trigger> triggers;
  private volatile JsonSchema inputSchema;

  /**
   * @param triggers those of it for this source and type; any that matches starts it
   */
  Subscriber(Workflow workflow, List<Trigger> triggers) {
    this.workflow = workflow;
    this.triggers = List.copyOf(triggers);
  }

  Workflow workflow() {
    return workflow;
  }

  boolean wants(IncomingEvent event) throws RejectedException {
    for (Trigger trigger : triggers) {
      if (trigger.when().isEmpty() || holds(trigger, event)) {
        return true;
      }
    }
    return false;
  }

  /** What the workflow's input schema forbids about the data; empty if it fits or there is none. */
  List<Map<String, Object>> violations(Json data) {
    if (workflow.inputSchema().isEmpty()) {
      return List.of();
    }
    return compiled(workflow.inputSchema().get()).validate(data).stream()
        .map(
            violation ->
                Map.<String, Object>of(
                    "workflow",
                    workflow.name(),
                    "pointer",
                    violation.pointer(),
                    "message",
                    violation.message()))
        .toList();
  }

  /** With the first event: most workflows that are known get none between two changes. */
  private JsonSchema compiled(Json schema) {
    JsonSchema known = inputSchema;
    if (known == null) {
      known = JsonSchema.compile(schema);
      inputSchema = known;
    }
    return known;
  }

  private boolean holds(Trigger trigger, IncomingEvent event) throws RejectedException {
    Map<String, Object> context = new HashMap<>();
    context.put(Variables.DATA, event.data());
    context.put(Variables.TYPE, event.type());
    context.put(Variables.SUBJECT, event.subject().orElse(null));
    context.put(Variables.SOURCE, event.source());
    try {
      return trigger.when().orElseThrow().test(context);
    } catch (ExpressionException e) {
      throw new RejectedException(
          Reason.TRIGGER,
          "workflow '%s': the trigger's condition cannot be decided for this event: %s; send what it reads, or let the condition ask has(…) first"
              .formatted(workflow.name(), e.getMessage()),
          Map.of("workflow", workflow.name(), "expression", trigger.when().orElseThrow().source()));
    }
  }
}
