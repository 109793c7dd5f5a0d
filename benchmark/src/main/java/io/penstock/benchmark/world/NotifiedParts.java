package io.penstock.benchmark.world;

import java.util.HashSet;
import java.util.Set;

/**
 * Which notifications one lead has had. Its execution has to send a certain number of them, each
 * about another part of the work; most workflows have a single one, which has no name.
 */
final class NotifiedParts {
  private Set<String> seen = Set.of();
  private int repeated;
  private long completedAt;

  /** What a notification changes for its lead. */
  enum Effect {
    NONE,
    /** The last part that was missing. */
    COMPLETED,
    /** The first that was not to come: a part again, or one too many. */
    FIRST_REPETITION
  }

  /**
   * @param expected how many different parts there are to be
   */
  Effect notified(String part, int expected, long now) {
    if (seen.size() == expected || seen.contains(part)) {
      return ++repeated == 1 ? Effect.FIRST_REPETITION : Effect.NONE;
    }
    if (expected == 1) {
      seen = Set.of(part);
    } else {
      seen = seen.isEmpty() ? new HashSet<>() : seen;
      seen.add(part);
    }
    if (seen.size() < expected) {
      return Effect.NONE;
    }
    completedAt = now;
    return Effect.COMPLETED;
  }

  /** {@link System#nanoTime} of the last part that was missing; 0 while one is. */
  long completedAt() {
    return completedAt;
  }

  /** Notifications that were not to come. */
  int repeated() {
    return repeated;
  }
}
