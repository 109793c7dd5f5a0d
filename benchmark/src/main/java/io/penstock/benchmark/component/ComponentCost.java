package io.penstock.benchmark.component;

import io.penstock.benchmark.machine.MachineUse;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * CPU time of an execution, by the part of Penstock that used it.
 *
 * @param msPerExecution the parts of the JVM, then the other processes
 * @param unknown seconds of the threads that belong to no part, the costliest first
 */
public record ComponentCost(Map<String, Double> msPerExecution, List<String> unknown) {
  private static final int UNKNOWN_NAMED = 5;
  private static final double MS_PER_SECOND = 1_000;
  private static final double DIGITS = 1_000;

  /** The row of threads that belong to no part, among them those that ended meanwhile. */
  static final String REST = "not assigned";

  /**
   * @param jvm name of the watched process whose threads are told apart
   * @param executions that ended in the measured time, at least 1
   */
  public static ComponentCost of(MachineUse use, String jvm, long executions) {
    Map<Component, Double> seconds = new EnumMap<>(Component.class);
    use.threadSeconds()
        .forEach(
            (thread, used) ->
                Component.ofThread(thread)
                    .ifPresent(component -> seconds.merge(component, used, Double::sum)));
    Map<String, Double> rows = new LinkedHashMap<>();
    for (Component component : Component.values()) {
      rows.put(component.label(), perExecution(seconds.getOrDefault(component, 0.0), executions));
    }
    double assigned = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    rows.put(REST, perExecution(use.cpuSeconds().getOrDefault(jvm, 0.0) - assigned, executions));
    use.cpuSeconds()
        .forEach(
            (process, used) -> {
              if (!process.equals(jvm)) {
                rows.put(process, perExecution(used, executions));
              }
            });
    return new ComponentCost(rows, unknown(use.threadSeconds()));
  }

  private static List<String> unknown(Map<String, Double> threadSeconds) {
    return threadSeconds.entrySet().stream()
        .filter(thread -> Component.ofThread(thread.getKey()).isEmpty() && thread.getValue() > 0)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(UNKNOWN_NAMED)
        .map(Map.Entry::getKey)
        .collect(Collectors.toList());
  }

  private static double perExecution(double seconds, long executions) {
    return Math.round(seconds * MS_PER_SECOND / executions * DIGITS) / DIGITS;
  }
}
