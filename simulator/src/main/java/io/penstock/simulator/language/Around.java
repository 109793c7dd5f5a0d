package io.penstock.simulator.language;

import java.util.Optional;

/** What is around a list of steps, and may take a failure that leaves it. */
@FunctionalInterface
interface Around {
  Around NOBODY = Optional::of;

  /** Puts up with whatever fails. */
  Around TOLERANT = failure -> Optional.empty();

  /**
   * Whether anybody takes it.
   *
   * @return the failure that nobody took, which may have become another one on its way out
   */
  Optional<Failure> untaken(Failure failure);
}
