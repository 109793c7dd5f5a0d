package io.penstock.standalone.demo.world;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The failures of the script: each happens once, at the first call about that lead.
 *
 * @param unavailableFor the enrichment API answers 503
 * @param throttledFor the CRM answers 429 and asks for a second of patience
 */
public record ScriptedFailures(
    Optional<String> unavailableFor, Optional<String> throttledFor, Set<Part> happened) {

  public ScriptedFailures(Optional<String> unavailableFor, Optional<String> throttledFor) {
    this(unavailableFor, throttledFor, ConcurrentHashMap.newKeySet());
  }

  public static ScriptedFailures none() {
    return new ScriptedFailures(Optional.empty(), Optional.empty());
  }

  /** How many calls about the lead fail by script. */
  public int expected(Part part, String lead) {
    return victim(part).filter(lead::equals).isPresent() ? 1 : 0;
  }

  Optional<Answer> next(Part part, Optional<String> lead) {
    if (lead.isEmpty() || expected(part, lead.get()) == 0 || !happened.add(part)) {
      return Optional.empty();
    }
    return Optional.of(
        part == Part.ENRICHMENT
            ? Answer.refused(503, "scripted: unavailable once")
            : Answer.refused(429, "scripted: throttled once", Map.of("Retry-After", "1")));
  }

  private Optional<String> victim(Part part) {
    return switch (part) {
      case ENRICHMENT -> unavailableFor;
      case CRM -> throttledFor;
      case MODEL, CHAT -> Optional.empty();
    };
  }
}
