package io.penstock.benchmark.compare;

import java.util.Map;

/**
 * A system of the comparison.
 *
 * @param window so many executions under way keep it busy and do not drown it, on two cores
 */
record Peer(String name, int window) {
  /** Ours, which everything else is held against. */
  static final Peer OURS = new Peer("penstock", 128);

  /** As the bench recommends; a system that it does not name gets as many as the slow ones. */
  private static final Map<String, Integer> WINDOWS =
      Map.of("restate", 128, "conductor", 64, "zeebe", 32, "n8n", 16);

  private static final int ANY_WINDOW = 32;

  static Peer named(String name) {
    return name.equals(OURS.name()) ? OURS : new Peer(name, WINDOWS.getOrDefault(name, ANY_WINDOW));
  }
}
