package io.penstock.benchmark.growth;

import java.io.IOException;

/** Something that there can be more and more of, on which the cost of a lead may depend. */
interface Growing {
  /** As it is named on the command line. */
  String name();

  /** What is counted, for people. */
  String unit();

  /**
   * Adds until there are so many, and returns when penstock has done with them.
   *
   * @param level not below what there was before
   */
  void growTo(long level) throws IOException, InterruptedException;
}
