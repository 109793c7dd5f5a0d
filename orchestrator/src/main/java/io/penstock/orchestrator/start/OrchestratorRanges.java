package io.penstock.orchestrator.start;

import java.time.Duration;

/** What the settings may be; a wrong one stops the start. */
final class OrchestratorRanges {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private OrchestratorRanges() {}

  /**
   * @throws IllegalArgumentException naming key, value and accepted range
   */
  static void check(OrchestratorConfig config) {
    within("threads", config.threads(), 1, 64);
    within("standby-replicas", config.standbyReplicas(), 0, 8);
    within("commit-interval", config.commitInterval(), SHORTEST, Duration.ofMinutes(1));
    within("definition-wait", config.definitionWait(), Duration.ZERO, Duration.ofMinutes(1));
    within("stop-within", config.stopWithin(), Duration.ofSeconds(1), Duration.ofMinutes(5));
    // The broker has bounds of its own, and says so: by default nothing below 6 s.
    within(
        "session-timeout", config.sessionTimeout(), Duration.ofSeconds(1), Duration.ofMinutes(30));
    // As far as a broker goes by default.
    within(
        "transaction-timeout",
        config.transactionTimeout(),
        Duration.ofSeconds(1),
        Duration.ofMinutes(15));
  }

  private static <T extends Comparable<T>> void within(String key, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "penstock.orchestrator.%s is %s; accepted is %s to %s"
              .formatted(key, value, least, most));
    }
  }
}
