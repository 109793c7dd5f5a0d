package io.penstock.console.projection;

import java.time.Instant;

/** Times that PostgreSQL takes: a sender may name any year, and PostgreSQL's end before Java's. */
public final class StorableTime {
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private StorableTime() {}

  /** The time itself, or the nearest that can be stored. */
  public static Instant of(Instant time) {
    return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
  }
}
