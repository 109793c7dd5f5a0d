package io.penstock.console.alert;

import io.penstock.schema.definition.Alert;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.Hash;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The event that starts an alert's workflow.
 *
 * @param id follows from what it tells of: sent twice, or made again by a console that has lost its
 *     database, it starts nothing a second time
 * @param json a CloudEvent in structured mode, but for its id
 */
record AlertEvent(String id, Json json) {
  /**
   * @param first of those that it tells of
   * @param count how many they are
   */
  static AlertEvent of(String alert, Occurrence first, long count) {
    String id = Hash.of("alert", alert, first.id());
    Map<String, Object> data = first.data();
    data.put("count", count);
    data.put("summary", Summary.of(first, count));
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("source", Alert.SOURCE);
    event.put("type", Alert.workflowName(alert));
    event.put("time", first.since().toString());
    event.put("data", data);
    return new AlertEvent(id, Json.of(event));
  }

  /** What is sent: under an id of its own for each time that it was taken and started nothing. */
  static Json identified(AlertStore.Open message) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", message.tries() == 0 ? message.id() : message.id() + "." + message.tries());
    ((Map<?, ?>) message.event().value()).forEach((name, value) -> event.put((String) name, value));
    return Json.of(event);
  }
}
