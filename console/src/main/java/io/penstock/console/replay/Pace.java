package io.penstock.console.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** How fast a replay goes just now. Lost with the console: the next one begins slowly again. */
final class Pace {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Ramp ramp;
  private final InstantSource clock;
  private Instant notBefore = Instant.MIN;
  private Duration pause = FIRST;
  private boolean oneByOne;

  Pace(double perSecond, InstantSource clock) {
    this.ramp = new Ramp(perSecond, clock);
    this.clock = clock;
  }

  Ramp ramp() {
    return ramp;
  }

  boolean isPausing() {
    return clock.instant().isBefore(notBefore);
  }

  /** Ingest is away: twice as long each time, up to a bound, but never less than it asks for. */
  void away(Optional<Duration> atLeast) {
    Duration wait = atLeast.filter(asked -> asked.compareTo(pause) > 0).orElse(pause);
    notBefore = clock.instant().plus(wait);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }

  void isThere() {
    pause = FIRST;
    notBefore = Instant.MIN;
  }

  /** Something is wrong with one of many, and nothing says with which. */
  void oneByOne(boolean wanted) {
    oneByOne = wanted;
  }

  int most(int largest) {
    return oneByOne ? 1 : largest;
  }
}
