package io.penstock.benchmark.machine;

import java.util.Optional;

/**
 * The part of {@code /proc/PID/stat}, or {@code /proc/PID/task/TID/stat}, that we need.
 *
 * @param ticks CPU time of its own and of its children that have ended, user and system
 */
record ProcessStat(long parent, long ticks) {
  /** Linux has counted in hundredths for all programs for as long as Java exists. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int PARENT = 1;
  private static final int USER_TICKS = 11;
  private static final int FIELDS_OF_TICKS = 4;

  static Optional<ProcessStat> of(long pid) {
    return ProcFiles.read(pid, "stat").map(ProcessStat::parse);
  }

  static ProcessStat parse(String line) {
    // The name of the program stands in front, in brackets, and may itself hold brackets and
    // blanks.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1);
    long ticks = 0;
    for (int i = 0; i < FIELDS_OF_TICKS; i++) {
      ticks += Long.parseLong(fields[USER_TICKS + i]);
    }
    return new ProcessStat(Long.parseLong(fields[PARENT]), ticks);
  }

  double cpuSeconds() {
    return ticks / TICKS_PER_SECOND;
  }
}
