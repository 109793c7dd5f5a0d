package io.penstock.console.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How many letters may go out now: few at first, twice as many every few seconds, up to the rate
 * that was asked for. What was not used is saved up for a second at most.
 */
final class Ramp {
  private static final Duration DOUBLES = Duration.ofSeconds(2);
  private static final double FIRST_PER_SECOND = 1;
  private static final int MAX_DOUBLINGS = 20;

  private final double perSecond;
  private final InstantSource clock;
  private final Instant begun;
  private Instant at;
  private double saved = 1;

  Ramp(double perSecond, InstantSource clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.begun = clock.instant();
    this.at = begun;
  }

  /** Whole letters; 0 or more. */
  int allowed() {
    Instant now = clock.instant();
    double rate = rateAt(now);
    double seconds = (double) Math.max(0, Duration.between(at, now).toMillis()) / 1_000;
    saved = Math.min(Math.max(1, rate), saved + seconds * rate);
    at = now;
    return (int) saved;
  }

  void sent(int letters) {
    saved -= letters;
  }

  private double rateAt(Instant now) {
    int doublings = Math.clamp(Duration.between(begun, now).dividedBy(DOUBLES), 0, MAX_DOUBLINGS);
    double grown = FIRST_PER_SECOND * Math.pow(2, doublings);
    return Math.min(perSecond, grown);
  }
}
