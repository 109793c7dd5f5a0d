package io.penstock.simulator.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes calls to the outside: as a step, as a fallback, as what undoes a step. */
final class CallWriter {
  private final Draft draft;
  private final Readings readings;
  private final Retries retries;

  CallWriter(Draft draft, Readings readings) {
    this.draft = draft;
    this.readings = readings;
    this.retries = new Retries(draft);
  }

  /** The action with its retries and its timeout. */
  void on(Map<String, Object> step, Place place) {
    action(step, readings.any(place), place);
    retries.on(step);
    if (draft.oneIn(3)) {
      step.put("timeout", draft.oneOf("10s", "2m", "PT30S"));
    }
  }

  /** One whose expression cannot be evaluated. */
  void doomed(Map<String, Object> step, Place place) {
    action(step, Readings.NOWHERE, place);
  }

  private void action(Map<String, Object> step, Object body, Place place) {
    switch (draft.below(4)) {
      case 0 -> step.put("enrich", request(body, place));
      case 1 -> {
        Map<String, Object> llm = new LinkedHashMap<>();
        llm.put("prompt", SupportingDefinitions.PROMPT);
        llm.put("variables", Map.of("it", body));
        if (draft.coin()) {
          llm.put("complexity", draft.between(1, 5));
        }
        step.put("llm", llm);
      }
      case 2 -> step.put("notify", request(body, place));
      default -> {
        Map<String, Object> tell = new LinkedHashMap<>();
        tell.put("channel", SupportingDefinitions.CHANNEL);
        tell.put(
            "text",
            body instanceof String text ? "Said: " + text : "Said: " + readings.text(place));
        step.put("notify", tell);
      }
    }
  }

  private Map<String, Object> request(Object body, Place place) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("method", draft.oneOf("GET", "POST", "PUT", "DELETE"));
    request.put("path", draft.coin() ? "/things/{{ input.n }}" : "/things");
    if (draft.oneIn(3)) {
      request.put("query", Map.of("q", "{{ " + readings.name(place) + " }}", "none", "{{ null }}"));
    }
    if (draft.oneIn(4)) {
      request.put("headers", Map.of("X-Execution", "{{ execution.id }}"));
    }
    if (draft.oneIn(6)) {
      return withApi(request);
    }
    request.put("body", draft.coin() ? body : List.of(body, 17L, true));
    return withApi(request);
  }

  private static Map<String, Object> withApi(Map<String, Object> request) {
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("api", SupportingDefinitions.API);
    call.put("request", request);
    return call;
  }
}
