package io.penstock.benchmark.compare;

/** What is compared, in the order of the columns. */
enum Figure {
  PER_SECOND("executions/s"),
  CPU("CPU ms per execution"),
  P50("p50 ms"),
  P99("p99 ms"),
  MEMORY("memory MiB (PSS)"),
  START("start ms");

  private final String label;

  Figure(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
