package io.penstock.schema.language;

import io.penstock.schema.definition.DurationText;
import java.time.Duration;
import java.util.Optional;

/** Durations that stand in definitions. */
final class Durations {
  static final String EXAMPLES = "500ms, 1s, 5m, 2h, 1d or PT5S";

  private Durations() {}

  static Optional<Duration> parse(String text) {
    return DurationText.parse(text);
  }
}
