package io.penstock.console.replay;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Under which id a letter goes out in a replay: always the same, so that sending it twice is one
 * wish. As ingest has it: up to 128 letters, digits, and {@code . _ : ~ -}.
 */
record ControlId(String replay, String letter) {
  private static final String PREFIX = "rp.";

  /** As the orchestrator names a wish that it did not carry out. */
  private static final Pattern IGNORED =
      Pattern.compile("replay rp\\.([0-9a-f]{20})\\.([A-Za-z0-9._:~-]{1,100})");

  String text() {
    return PREFIX + replay + "." + letter;
  }

  /** Empty if what was ignored is none of ours. */
  static Optional<ControlId> ofIgnored(String input) {
    Matcher parts = IGNORED.matcher(input);
    return parts.matches()
        ? Optional.of(new ControlId(parts.group(1), parts.group(2)))
        : Optional.empty();
  }
}
