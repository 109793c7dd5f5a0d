package io.penstock.cli.event;

import io.penstock.schema.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A CloudEvent on its way to the server.
 *
 * @param place where it was written, for messages: {@code events.json:3}; empty for options
 * @param idIsNew whether the id was made up here, so that the caller has to be told
 * @param structured the event as one JSON object
 */
record OutgoingEvent(String place, String id, boolean idIsNew, Json structured) {

  /** Completes what was written: version and id may be missing. */
  static OutgoingEvent of(String place, Map<?, ?> attributes) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("specversion", "1.0");
    attributes.forEach((name, value) -> all.put(String.valueOf(name), value));
    boolean isNew = !all.containsKey("id");
    all.computeIfAbsent("id", any -> UUID.randomUUID().toString());
    return new OutgoingEvent(place, String.valueOf(all.get("id")), isNew, Json.of(all));
  }

  /** For messages. */
  String named() {
    return place.isEmpty() ? "event '" + id + "'" : "event '" + id + "' (" + place + ")";
  }
}
