package io.penstock.standalone.demo.world;

import java.util.Locale;

/** A part of the world; its first path segment is {@link #toString()}. */
public enum Part {
  ENRICHMENT(40, 120),
  MODEL(60, 150),
  CRM(30, 90),
  CHAT(20, 50);

  private final int fastestMillis;
  private final int slowestMillis;

  Part(int fastestMillis, int slowestMillis) {
    this.fastestMillis = fastestMillis;
    this.slowestMillis = slowestMillis;
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
