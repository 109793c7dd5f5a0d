package io.penstock.simulator.check;

import java.util.function.Consumer;

/** Something that holds after every run. */
@FunctionalInterface
interface Invariant {
  /**
   * Looks for what breaks it.
   *
   * @param broken is told each time, in words for people
   */
  void check(Evidence evidence, Consumer<String> broken);
}
