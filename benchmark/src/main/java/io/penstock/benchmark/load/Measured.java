package io.penstock.benchmark.load;

/**
 * The part of a load that counts, and how long its webhooks took to be answered.
 *
 * @param fromNanos of {@link System#nanoTime}; what was due before is warm-up
 * @param toNanos exclusive
 */
record Measured(long fromNanos, long toNanos, Latencies acknowledgements) {
  boolean includes(long nanos) {
    return nanos >= fromNanos && nanos < toNanos;
  }

  double seconds() {
    return (toNanos - fromNanos) / 1e9;
  }
}
