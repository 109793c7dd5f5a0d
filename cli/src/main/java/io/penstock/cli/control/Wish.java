package io.penstock.cli.control;

import io.penstock.cli.OperatorOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is wished of one execution.
 *
 * @param id new for each, so that it can be sent again and is found in history
 * @param path empty: of the execution as a whole
 */
record Wish(
    String id, String execution, String verb, String by, String reason, Optional<String> path) {
  static Wish of(String execution, String verb, OperatorOptions operator, Optional<String> path) {
    return new Wish(
        UUID.randomUUID().toString(), execution, verb, operator.by(), operator.reason(), path);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("execution", execution);
    json.put("verb", verb);
    json.put("by", by);
    json.put("reason", reason);
    path.ifPresent(step -> json.put("path", step));
    return json;
  }
}
