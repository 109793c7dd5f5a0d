package io.penstock.benchmark.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Holds what was sent against what the stub world has seen. */
final class Tally {
  private final Sends sends;
  private final Measured measured;
  private final CallsPerLead calls;
  private final Latencies latencies = new Latencies();
  private final Map<Sends.Fate, Long> completed = new EnumMap<>(Sends.Fate.class);
  private long duplicated;
  private long extraEnrich;
  private long extraChat;
  private long extraNotifications;
  private long endedInTime;
  private long lastCompletedNanos = Long.MIN_VALUE;

  Tally(Sends sends, Measured measured, CallsPerLead calls) {
    this.sends = sends;
    this.measured = measured;
    this.calls = calls;
  }

  /** One lead; one that was never sent does not count. */
  void add(WorldClient.Event event) {
    Optional<Sends.Sent> sent = sends.of(event.id());
    if (sent.isEmpty()) {
      return;
    }
    extraEnrich += Math.max(0, event.enrich() - calls.enrich());
    extraChat += Math.max(0, event.chat() - calls.chat());
    extraNotifications += Math.max(0, event.notified() - calls.notifications());
    if (event.repeated() > 0) {
      duplicated++;
    }
    if (event.completedNanos() == WorldClient.NEVER) {
      return;
    }
    completed.merge(sent.get().fate(), 1L, Long::sum);
    lastCompletedNanos = Math.max(lastCompletedNanos, event.completedNanos());
    if (measured.includes(event.completedNanos())) {
      endedInTime++;
    }
    if (measured.includes(sent.get().dueNanos())) {
      latencies.recordNanos(event.completedNanos() - sent.get().dueNanos());
    }
  }

  long completed(Sends.Fate fate) {
    return completed.getOrDefault(fate, 0L);
  }

  long duplicated() {
    return duplicated;
  }

  LoadResult.ExtraCalls extra() {
    return new LoadResult.ExtraCalls(extraEnrich, extraChat, extraNotifications);
  }

  Latencies latencies() {
    return latencies;
  }

  long endedInTime() {
    return endedInTime;
  }

  long lastCompletedNanos() {
    return lastCompletedNanos;
  }
}
