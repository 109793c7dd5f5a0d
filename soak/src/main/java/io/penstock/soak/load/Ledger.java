package io.penstock.soak.load;

import io.penstock.soak.account.SentEvent;
import io.penstock.soak.account.SentEvent.Acceptance;
import io.penstock.soak.world.Events;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was sent in this cycle, and what was answered. */
public final class Ledger {
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(Instant firstSent, List<Acceptance> acceptances) {}

  synchronized void sent(String id, Instant at) {
    entries.putIfAbsent(id, new Entry(at, new ArrayList<>()));
  }

  synchronized void accepted(String id, Instant at, Set<String> executions) {
    entries.get(id).acceptances().add(new Acceptance(at, executions));
  }

  public synchronized List<SentEvent> events() {
    return entries.entrySet().stream()
        .map(
            entry ->
                new SentEvent(
                    entry.getKey(),
                    Events.expectation(entry.getKey()),
                    entry.getValue().firstSent(),
                    entry.getValue().acceptances()))
        .toList();
  }

  public synchronized void nextCycle() {
    entries.clear();
  }
}
