package io.penstock.benchmark.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Holds what was sent against what the stub world has seen. */
final class Tally {
  private final Sends sends;
  private final Measured measured;
  private final Latencies latencies = new Latencies();
  private final Map<Sends.Fate, Long> completed = new EnumMap<>(Sends.Fate.class);
  private long duplicated;
  private long extraEnrich;
  private long extraChat;
  private long extraNotifications;
  private long endedInTime;
  private long lastNotifyNanos = Long.MIN_VALUE;

  Tally(Sends sends, Measured measured) {
    this.sends = sends;
    this.measured = measured;
  }

  /** One lead; one that was never sent does not count. */
  void add(WorldClient.Event event) {
    Optional<Sends.Sent> sent = sends.of(event.id());
    if (sent.isEmpty()) {
      return;
    }
    extraEnrich += Math.max(0, event.enrich() - 1);
    extraChat += Math.max(0, event.chat() - 1);
    extraNotifications += Math.max(0, event.notified() - 1);
    if (event.notified() == 0) {
      return;
    }
    if (event.notified() > 1) {
      duplicated++;
    }
    completed.merge(sent.get().fate(), 1L, Long::sum);
    lastNotifyNanos = Math.max(lastNotifyNanos, event.firstNotifyNanos());
    if (measured.includes(event.firstNotifyNanos())) {
      endedInTime++;
    }
    if (measured.includes(sent.get().dueNanos())) {
      latencies.recordNanos(event.firstNotifyNanos() - sent.get().dueNanos());
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

  long lastNotifyNanos() {
    return lastNotifyNanos;
  }
}
