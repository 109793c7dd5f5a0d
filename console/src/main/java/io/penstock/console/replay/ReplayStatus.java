package io.penstock.console.replay;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a replay stands. What it has sent counts in every one of these. */
enum ReplayStatus {
  /** The first letters are out, and the others wait for what becomes of them. */
  SAMPLING,
  RUNNING,
  PAUSED,
  /** By itself: too many failed again. */
  STOPPED,
  /** By somebody. */
  CANCELLED,
  DONE;

  @JsonValue
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ReplayStatus of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  boolean sends() {
    return this == SAMPLING || this == RUNNING;
  }

  boolean hasEnded() {
    return this == STOPPED || this == CANCELLED || this == DONE;
  }
}
