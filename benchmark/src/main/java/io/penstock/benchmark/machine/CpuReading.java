package io.penstock.benchmark.machine;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time used up to a moment.
 *
 * @param byName seconds of each group of processes
 * @param own seconds of this process
 * @param busy seconds of all cores together
 */
record CpuReading(Map<String, Double> byName, double own, double busy) {
  private static final int[] BUSY_FIELDS = {1, 2, 3, 6, 7}; // user, nice, system, irq, softirq
  private static final double TICKS_PER_SECOND = 100;

  static CpuReading now(List<Watched> watched) {
    Map<String, Double> byName = new LinkedHashMap<>();
    Watched.find(watched).forEach((name, pids) -> byName.put(name, seconds(pids)));
    double own =
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    return new CpuReading(byName, own, ProcFiles.read("stat").map(CpuReading::busy).orElse(0.0));
  }

  private static double seconds(Collection<Long> pids) {
    double sum = 0;
    for (long pid : pids) {
      sum += ProcessStat.of(pid).map(ProcessStat::cpuSeconds).orElse(0.0);
    }
    return sum;
  }

  static double busy(String stat) {
    String[] fields = stat.lines().findFirst().orElse("").split("\\s+", -1);
    double ticks = 0;
    for (int field : BUSY_FIELDS) {
      ticks += fields.length > field ? Double.parseDouble(fields[field]) : 0;
    }
    return ticks / TICKS_PER_SECOND;
  }
}
