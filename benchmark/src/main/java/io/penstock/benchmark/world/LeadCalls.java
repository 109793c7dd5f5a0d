package io.penstock.benchmark.world;

import java.util.EnumMap;
import java.util.Map;

/**
 * What one lead has had. Times are {@link System#nanoTime}, which all processes of a Linux machine
 * share, 0 until known.
 */
final class LeadCalls {
  private static final Calls NONE = new Calls();

  private final Map<Endpoint, Calls> byEndpoint = new EnumMap<>(Endpoint.class);
  private final NotifiedParts parts = new NotifiedParts();
  private long lastNotify;

  private static final class Calls {
    private int tries;
    private int answers;
    private long firstArrival;
    private long firstAnswer;
  }

  /** Counts a call that came in, and returns which one of its endpoint it is, from 1. */
  int arrived(Endpoint endpoint, long now) {
    Calls calls = byEndpoint.computeIfAbsent(endpoint, any -> new Calls());
    if (calls.tries == 0) {
      calls.firstArrival = now;
    }
    return ++calls.tries;
  }

  /** Counts a call that succeeds. */
  void answered(Endpoint endpoint, long now) {
    Calls calls = byEndpoint.computeIfAbsent(endpoint, any -> new Calls());
    if (calls.answers == 0) {
      calls.firstAnswer = now;
    }
    if (endpoint == Endpoint.NOTIFY) {
      lastNotify = now;
    }
    calls.answers++;
  }

  int answers(Endpoint endpoint) {
    return of(endpoint).answers;
  }

  long firstArrival(Endpoint endpoint) {
    return of(endpoint).firstArrival;
  }

  long firstAnswer(Endpoint endpoint) {
    return of(endpoint).firstAnswer;
  }

  long lastNotify() {
    return lastNotify;
  }

  NotifiedParts parts() {
    return parts;
  }

  private Calls of(Endpoint endpoint) {
    return byEndpoint.getOrDefault(endpoint, NONE);
  }
}
