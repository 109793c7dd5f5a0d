package io.penstock.standalone.dev;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How long each part of a start took. Parts may overlap; any thread may add one. */
public final class StartPhases {
  /** Not the start of the process: that was the start script, which may have built for minutes. */
  private final Instant begin =
      Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());

  private final List<Phase> phases = new ArrayList<>();

  private record Phase(String name, Duration took) {}

  /** Adds what it takes from the start of the JVM until now. */
  synchronized void sinceBegin(String name) {
    phases.add(new Phase(name, sinceBegin()));
  }

  /**
   * Adds a part that ends now.
   *
   * @param beganNanos {@link System#nanoTime()} at its beginning
   */
  synchronized void ended(String name, long beganNanos) {
    phases.add(new Phase(name, Duration.ofNanos(System.nanoTime() - beganNanos)));
  }

  /** Since the JVM started. */
  public Duration sinceBegin() {
    return Duration.between(begin, Instant.now());
  }

  /** {@code jvm 0.4 s, database 1.9 s, broker 3.0 s}. */
  @Override
  public synchronized String toString() {
    return phases.stream()
        .map(phase -> phase.name() + " " + seconds(phase.took()))
        .collect(Collectors.joining(", "));
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
