package io.penstock.simulator.time;

import io.penstock.schema.message.Hash;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Everything that a run leaves to chance, from one seed. A stream for each purpose: one that is
 * asked more often does not change what another one says, so that a run without one of its faults
 * resembles the run with it.
 */
public final class Chance {
  private final long seed;
  private final SplittableRandom random;

  public Chance(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** A stream of its own for a purpose; the same for the same seed and name. */
  public Chance of(String purpose) {
    return new Chance((long) (Hash.fraction(Long.toString(seed), purpose) * 0x1p53));
  }

  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  public long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Mostly near the least, seldom near the most: as waiting times are. */
  public long skewed(long least, long most) {
    double x = random.nextDouble();
    return least + (long) ((most - least) * x * x * x);
  }

  public SplittableRandom random() {
    return random;
  }
}
