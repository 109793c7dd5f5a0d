package io.penstock.soak.world;

import io.penstock.soak.account.Place;
import java.time.Duration;

/** How long an answer takes: differently long, but for the same place always the same. */
final class Latency {
  private static final int API_MILLIS = 20;
  private static final int MODEL_MILLIS = 120;

  private Latency() {}

  static Duration of(Place place, boolean model) {
    int least = model ? MODEL_MILLIS : API_MILLIS;
    return Duration.ofMillis(least + Math.floorMod(place.hashCode(), least));
  }
}
