package io.penstock.benchmark.world;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything the stub world has seen since it was started or reset. Used by one thread, so that a
 * call costs no lock.
 */
final class Ledger {
  private static final String NO_ID = "";

  private final Map<String, LeadCalls> leads = new LinkedHashMap<>();
  private final Map<String, CallCounts> prefixes = new HashMap<>();
  private final Map<Endpoint, Integer> total = new EnumMap<>(Endpoint.class);
  private final Map<Endpoint, Integer> failed = new EnumMap<>(Endpoint.class);
  private int misrouted;
  private int withoutId;
  private final int parts;

  /**
   * @param parts how many different parts a lead is to be notified of
   */
  Ledger(int parts) {
    if (parts < 1) {
      throw new IllegalArgumentException("parts is %d; it is at least 1".formatted(parts));
    }
    this.parts = parts;
  }

  /**
   * Counts a call that came in.
   *
   * @param id empty if the call named no lead
   * @return which call of this lead and endpoint it is, from 1
   */
  int arrived(Endpoint endpoint, String id, long now) {
    total.merge(endpoint, 1, Integer::sum);
    if (id.equals(NO_ID)) {
      withoutId++;
      return 1;
    }
    return leads
        .computeIfAbsent(
            id,
            unknown -> {
              counts(id).newLead();
              return new LeadCalls();
            })
        .arrived(endpoint, now);
  }

  void failed(Endpoint endpoint) {
    failed.merge(endpoint, 1, Integer::sum);
  }

  void answered(Endpoint endpoint, String id, long now) {
    LeadCalls lead = leads.get(id);
    if (lead != null) { // neither without an id nor forgotten in between
      lead.answered(endpoint, now);
      counts(id).answered(endpoint);
    }
  }

  /**
   * What a notification that was answered is about.
   *
   * @param part empty if it does not say
   */
  void notified(String id, String part, long now) {
    LeadCalls lead = leads.get(id);
    if (lead != null) {
      counts(id).notified(lead.parts().notified(part, parts, now));
    }
  }

  /** Of a notification: whether it went where the lead's score sends it. */
  void notifiedIn(String channel, String id) {
    if (leads.containsKey(id) && !LeadScore.channelOf(id).equals(channel)) {
      misrouted++;
      counts(id).misrouted();
    }
  }

  private CallCounts counts(String id) {
    int dash = id.lastIndexOf('-');
    return prefixes.computeIfAbsent(dash < 0 ? id : id.substring(0, dash), CallCounts::new);
  }

  Map<String, Object> stats() {
    Map<String, Object> stats = new LinkedHashMap<>();
    stats.put("total", byKey(total));
    stats.put("failed", byKey(failed));
    stats.put("misrouted", misrouted);
    stats.put("noId", withoutId);
    stats.put("runs", prefixes.values().stream().map(CallCounts::asMap).toList());
    return stats;
  }

  Map<String, Object> stats(String prefix) {
    return prefixes.getOrDefault(prefix, new CallCounts(prefix)).asMap();
  }

  private static Map<String, Integer> byKey(Map<Endpoint, Integer> counts) {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (Endpoint endpoint : Endpoint.values()) {
      map.put(endpoint.key(), counts.getOrDefault(endpoint, 0));
    }
    return map;
  }

  /**
   * A line per lead: id, successful calls of each endpoint, first and last notification, the one
   * that completed it, and how many there were too many.
   */
  String events(String prefix) {
    StringBuilder lines = new StringBuilder();
    leads.forEach(
        (id, lead) -> {
          if (id.startsWith(prefix)) {
            line(lines).append(id);
            for (Endpoint endpoint : Endpoint.values()) {
              lines.append(' ').append(lead.answers(endpoint));
            }
            lines.append(' ').append(lead.firstAnswer(Endpoint.NOTIFY));
            lines.append(' ').append(lead.lastNotify());
            lines.append(' ').append(lead.parts().completedAt());
            lines.append(' ').append(lead.parts().repeated());
          }
        });
    return lines.toString();
  }

  /** A line per lead: id, then first arrival and first answer of each endpoint in turn. */
  String calls(String prefix) {
    StringBuilder lines = new StringBuilder();
    leads.forEach(
        (id, lead) -> {
          if (id.startsWith(prefix)) {
            line(lines).append(id);
            for (Endpoint endpoint : Endpoint.values()) {
              lines.append(' ').append(lead.firstArrival(endpoint));
              lines.append(' ').append(lead.firstAnswer(endpoint));
            }
          }
        });
    return lines.toString();
  }

  private static StringBuilder line(StringBuilder lines) {
    return lines.isEmpty() ? lines : lines.append('\n');
  }
}
