package io.penstock.benchmark.world;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all leads whose ids begin alike ({@code PREFIX-number}) have had together. */
final class CallCounts {
  private final String prefix;
  private int ids;
  private int completed;
  private int duplicated;
  private int misrouted;
  private final Map<Endpoint, Integer> answered = new EnumMap<>(Endpoint.class);

  CallCounts(String prefix) {
    this.prefix = prefix;
  }

  void newLead() {
    ids++;
  }

  void answered(Endpoint endpoint) {
    answered.merge(endpoint, 1, Integer::sum);
  }

  void notified(NotifiedParts.Effect effect) {
    switch (effect) {
      case COMPLETED -> completed++;
      case FIRST_REPETITION -> duplicated++;
      case NONE -> {}
    }
  }

  void misrouted() {
    misrouted++;
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", prefix);
    map.put("ids", ids);
    map.put("completed", completed);
    map.put("duplicated", duplicated);
    map.put("misrouted", misrouted);
    for (Endpoint endpoint : Endpoint.values()) {
      map.put(endpoint.key(), answered.getOrDefault(endpoint, 0));
    }
    return map;
  }
}
