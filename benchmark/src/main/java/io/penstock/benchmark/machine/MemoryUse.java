package io.penstock.benchmark.machine;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proportional set size: memory that several processes share counts for each by its part, so that
 * the sum over all is what they take together. (PostgreSQL's processes share most of theirs.)
 */
public final class MemoryUse {
  private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
  private static final double KIB_PER_MIB = 1024;

  private MemoryUse() {}

  /** MiB; processes that have ended, or that we may not look into, count as 0. */
  public static double pssMib(Collection<Long> pids) {
    double kib = 0;
    for (long pid : pids) {
      kib += ProcFiles.read(pid, "smaps_rollup").map(MemoryUse::pssKib).orElse(0L);
    }
    return kib / KIB_PER_MIB;
  }

  static long pssKib(String smapsRollup) {
    Matcher line = PSS.matcher(smapsRollup);
    return line.find() ? Long.parseLong(line.group(1)) : 0;
  }
}
