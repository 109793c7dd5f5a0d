package io.penstock.simulator.language;

import java.util.List;
import java.util.random.RandomGenerator;

/** One workflow that is being written: the dice, the ids that are left, and what was decided. */
final class Draft {
  private final RandomGenerator random;
  private final boolean suspends;
  private final boolean undoes;
  private final boolean races;
  private int steps;
  private int left;

  /**
   * @param size how many steps there may be, about
   * @param suspends whether a failure that nobody takes waits for a replay: no step must fail then
   *     however often it is replayed
   * @param undoes whether steps have compensations
   * @param races whether it may depend on the order of things how it ends
   */
  Draft(RandomGenerator random, int size, boolean suspends, boolean undoes, boolean races) {
    this.random = random;
    this.left = size;
    this.suspends = suspends;
    this.undoes = undoes;
    this.races = races;
  }

  boolean suspends() {
    return suspends;
  }

  boolean undoes() {
    return undoes;
  }

  boolean races() {
    return races;
  }

  /** Some with a hyphen, which expressions must quote. */
  String id() {
    left--;
    return (oneIn(6) ? "s-" : "s") + steps++;
  }

  boolean hasRoom() {
    return left > 0;
  }

  boolean oneIn(int chances) {
    return random.nextInt(chances) == 0;
  }

  boolean coin() {
    return random.nextBoolean();
  }

  /** From 0. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
