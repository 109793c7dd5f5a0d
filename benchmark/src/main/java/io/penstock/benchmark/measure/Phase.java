package io.penstock.benchmark.measure;

/** What can be measured; the start always is. */
enum Phase {
  /** Open loop at a low rate. */
  LATENCY,
  /** Closed loop, as much as it can take. */
  THROUGHPUT
}
