package io.penstock.cli.event;

import io.penstock.schema.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event that the server has.
 *
 * @param executions that it starts
 */
record Accepted(String id, List<String> executions) {

  /** Of one event that was answered alone. */
  static Accepted of(OutgoingEvent event, Json answer) {
    List<?> events = answer.at("events") instanceof List<?> list ? list : List.of();
    List<String> executions =
        events.stream()
            .map(each -> Json.of(each).at("executions"))
            .filter(List.class::isInstance)
            .flatMap(ids -> ((List<?>) ids).stream())
            .map(String::valueOf)
            .toList();
    return new Accepted(event.id(), executions);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("executions", executions);
    return json;
  }
}
