package io.penstock.worker.limit;

/** A call to the outside. */
@FunctionalInterface
public interface GuardedCall<T> {
  /**
   * @return what came of it, also of a failure; a {@link RuntimeException} is a bug and goes
   *     through
   */
  Ended<T> make();

  /**
   * @param verdict what it says about the other side
   */
  record Ended<T>(T value, Verdict verdict) {}
}
