package io.penstock.standalone.demo.world;

import java.util.Locale;

/** A part of the world; its first path segment is {@link #toString()}. */
public enum Part {
  COMPANIES("POST", 40, 120),
  CONTACTS("GET", 40, 120),
  NEWS("GET", 60, 160),
  MODEL("POST", 60, 150),
  CRM("POST", 30, 90),
  CHAT("POST", 20, 50);

  private final String method;
  private final int fastestMillis;
  private final int slowestMillis;

  Part(String method, int fastestMillis, int slowestMillis) {
    this.method = method;
    this.fastestMillis = fastestMillis;
    this.slowestMillis = slowestMillis;
  }

  /** The only one that it understands. */
  String method() {
    return method;
  }

  /** How long an answer takes; the same for the same text. */
  int latencyMillis(String text) {
    return fastestMillis + Math.floorMod(text.hashCode(), slowestMillis - fastestMillis + 1);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
