package io.penstock.worker.limit;

/**
 * What came of asking for a call that all processes count. Times in nanoseconds, moments by this
 * process's clock.
 */
sealed interface StoreAnswer {
  /** The call may begin between these moments. */
  record Go(long notBefore, long notAfter) implements StoreAnswer {}

  /**
   * The caller's own moment.
   *
   * @param nanos until then
   * @param slot the moment by the store's clock, in its microseconds
   */
  record Come(long nanos, long slot) implements StoreAnswer {}

  /** As many calls as may be are on their way. */
  record Full() implements StoreAnswer {}

  /** The other side has asked everybody to wait. */
  record Hold(long nanos) implements StoreAnswer {}

  /** The store does not answer, and what it gave is used up. */
  record Away(long nanos) implements StoreAnswer {}
}
