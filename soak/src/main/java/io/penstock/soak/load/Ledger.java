package io.penstock.soak.load;

import io.penstock.soak.account.Expectation;
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

  private record Entry(Expectation expectation, Instant firstSent, List<Acceptance> acceptances) {}

  synchronized void sent(String id, Instant at) {
    entries.computeIfAbsent(id, any -> new Entry(Events.expectation(id), at, new ArrayList<>()));
  }

  synchronized void accepted(String id, Instant at, Set<String> executions) {
    entries.get(id).acceptances().add(new Acceptance(at, executions));
  }

  public List<SentEvent> events() {
    return eventsSince(Instant.MIN);
  }

  /** Those sent for the first time then or later. */
  public synchronized List<SentEvent> eventsSince(Instant sent) {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getValue().firstSent().isBefore(sent))
        .map(
            entry ->
                new SentEvent(
                    entry.getKey(),
                    entry.getValue().expectation(),
                    entry.getValue().firstSent(),
                    entry.getValue().acceptances()))
        .toList();
  }

  public synchronized void nextCycle() {
    entries.clear();
  }
}
