package io.penstock.simulator.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands under {@code retry}. Where the time of all retries is limited, it is so by far more
 * or by far less than what they take, so that no delay on the way decides whether one is made.
 */
final class Retries {
  private static final String MUCH_TIME = "20d";

  private final Draft draft;

  Retries(Draft draft) {
    this.draft = draft;
  }

  void on(Map<String, Object> step) {
    if (draft.oneIn(3)) {
      return; // the default
    }
    step.put(
        "retry",
        switch (draft.below(5)) {
          case 0 -> "none";
          case 1 -> rules();
          default -> schedule();
        });
  }

  private Map<String, Object> schedule() {
    return draft.coin() ? delays() : backoff();
  }

  private Map<String, Object> delays() {
    Map<String, Object> schedule = new LinkedHashMap<>();
    switch (draft.below(6)) {
      case 0 -> {
        schedule.put("delays", List.of("2s", "25d"));
        schedule.put("limit", Map.of("duration", MUCH_TIME));
      }
      case 1 -> {
        schedule.put("delays", List.of("1m", "1m"));
        schedule.put("limit", Map.of("duration", "10s"));
      }
      case 2 -> schedule.put("delays", List.of("0s", "100ms"));
      default -> {
        schedule.put("delays", List.of("1s", "PT5S", "1m").subList(0, draft.between(1, 3)));
        schedule.put("jitter", draft.oneOf(0, 0.2, 1));
      }
    }
    return schedule;
  }

  private Map<String, Object> backoff() {
    Map<String, Object> schedule = new LinkedHashMap<>();
    String kind = draft.oneOf("constant", "linear", "exponential");
    schedule.put("backoff", kind);
    schedule.put("delay", draft.oneOf("1s", "500ms", "2m"));
    if (kind.equals("exponential") && draft.coin()) {
      schedule.put("factor", draft.oneOf(1, 1.5, 10));
    }
    if (draft.coin()) {
      schedule.put("max", "5m");
    }
    switch (draft.below(3)) {
      case 0 -> schedule.put("limit", draft.between(1, 6));
      case 1 -> schedule.put("limit", Map.of("count", draft.between(1, 4), "duration", MUCH_TIME));
      default -> {} // five
    }
    return schedule;
  }

  private List<Map<String, Object>> rules() {
    Map<String, Object> mayGoAway = schedule();
    mayGoAway.put("errors", draft.oneOf(List.of("runtime"), List.of("runtime", "quota")));
    Map<String, Object> isFinal = new LinkedHashMap<>();
    isFinal.put("errors", List.of("timeout"));
    isFinal.put("delays", List.of());
    return draft.coin() ? List.of(mayGoAway, isFinal) : List.of(mayGoAway, isFinal, schedule());
  }
}
