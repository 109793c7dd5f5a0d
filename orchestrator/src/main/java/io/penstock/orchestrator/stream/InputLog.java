package io.penstock.orchestrator.stream;

/** Looks at the ends of the input log. */
@FunctionalInterface
public interface InputLog {
  /**
   * End offset of a partition: the offset that the next record gets.
   *
   * @throws IllegalStateException if the broker does not answer
   */
  long endOffset(int partition);
}
