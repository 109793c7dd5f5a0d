package io.penstock.standalone.demo.world;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The failures of the script: each happens once, at the first call about that lead.
 *
 * @param unavailableFor the companies API answers 503
 * @param throttledFor the CRM answers 429 and asks for a second of patience
 * @param noNewsFor the news API answers 503
 */
public record ScriptedFailures(
    Optional<String> unavailableFor,
    Optional<String> throttledFor,
    Optional<String> noNewsFor,
    Set<Part> happened) {

  public ScriptedFailures(
      Optional<String> unavailableFor, Optional<String> throttledFor, Optional<String> noNewsFor) {
    this(unavailableFor, throttledFor, noNewsFor, ConcurrentHashMap.newKeySet());
  }

  public static ScriptedFailures none() {
    return new ScriptedFailures(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Whether the first call about the lead fails by script. */
  public boolean expected(Part part, String lead) {
    return victim(part).filter(lead::equals).isPresent();
  }

  Optional<Answer> next(Part part, Optional<String> lead) {
    if (lead.isEmpty() || !expected(part, lead.get()) || !happened.add(part)) {
      return Optional.empty();
    }
    return Optional.of(
        part == Part.CRM
            ? Answer.refused(429, "scripted: throttled once", Map.of("Retry-After", "1"))
            : Answer.refused(503, "scripted: unavailable once"));
  }

  private Optional<String> victim(Part part) {
    return switch (part) {
      case COMPANIES -> unavailableFor;
      case CRM -> throttledFor;
      case NEWS -> noNewsFor;
      case CONTACTS, MODEL, CHAT -> Optional.empty();
    };
  }
}
