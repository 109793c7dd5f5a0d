package io.penstock.ingest.start;

import java.time.Duration;

/** Stops the start on a value that cannot work, naming key, value and range. */
final class ConfigRanges {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private ConfigRanges() {}

  static void check(IngestConfig config) {
    long body = config.maxBodySize().asLongValue();
    within("max-body-size", body, 1, IngestConfig.HARD_MAX_BODY_BYTES, "bytes");
    within(
        "max-definitions-size", config.maxDefinitionsSize().asLongValue(), 1, 64L << 20, "bytes");
    within("max-controls-size", config.maxControlsSize().asLongValue(), 1, 10L << 20, "bytes");
    within("max-events-per-request", config.maxEventsPerRequest(), 1, 10_000, "events");
    within(
        "max-in-flight", config.maxInFlight().asLongValue(), 4 * body, Integer.MAX_VALUE, "bytes");
    within("delivery-timeout", config.deliveryTimeout());
    within("max-block", config.maxBlock());
    within("secret-cache", config.secretCache());
    within("definition-wait", config.definitionWait());
  }

  private static void within(String key, Duration value) {
    within(key, value.toMillis(), 0, LONGEST.toMillis(), "milliseconds");
  }

  private static void within(String key, long value, long least, long most, String unit) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "penstock.ingest.%s is %d %s: it must be from %d to %d"
              .formatted(key, value, unit, least, most));
    }
  }
}
