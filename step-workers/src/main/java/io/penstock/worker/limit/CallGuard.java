package io.penstock.worker.limit;

import java.util.Optional;

/** Stands before the calls to one other side. */
public interface CallGuard {
  /**
   * Makes the call unless a limit is reached or the circuit is open. May wait for a moment for a
   * place, never long.
   *
   * @param ticket that came with an earlier {@link Guarded.Later}; one that nobody knows counts as
   *     none
   * @throws InterruptedException if the process ends while it waits
   */
  <T> Guarded<T> call(Optional<String> ticket, GuardedCall<T> call) throws InterruptedException;
}
