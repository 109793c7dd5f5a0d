package io.penstock.benchmark.machine;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time of each thread of a process up to a moment.
 *
 * @param byThread seconds, by the system's number of the thread
 */
record ThreadTimes(Map<Long, Double> byThread) {
  /** Of threads whose name nobody could tell. */
  static final String UNNAMED = "?";

  static ThreadTimes of(long pid) {
    Map<Long, Double> byThread = new HashMap<>();
    for (long thread : ProcFiles.threads(pid)) {
      ProcFiles.read(pid, "task/" + thread + "/stat")
          .map(ProcessStat::parse)
          .ifPresent(stat -> byThread.put(thread, stat.cpuSeconds()));
    }
    return new ThreadTimes(byThread);
  }

  /**
   * Seconds since then by name. Those with the same name are added up; those that have ended since
   * are missing.
   */
  Map<String, Double> since(ThreadTimes before, Map<Long, String> names) {
    Map<String, Double> byName = new TreeMap<>();
    byThread.forEach(
        (thread, seconds) ->
            byName.merge(
                names.getOrDefault(thread, UNNAMED),
                seconds - before.byThread.getOrDefault(thread, 0.0),
                Double::sum));
    return byName;
  }
}
