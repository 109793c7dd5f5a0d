package io.penstock.benchmark.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was used during a measured time.
 *
 * @param cpuSeconds by name of what was watched
 * @param peakPssMib by name, at the moment when their sum was highest
 * @param loadCpuSeconds of the load generator
 * @param busySeconds of all cores of the machine together
 * @param threadSeconds CPU time by the name of the thread, of the JVM whose threads are told apart
 */
public record MachineUse(
    Map<String, Double> cpuSeconds,
    Map<String, Double> peakPssMib,
    double loadCpuSeconds,
    double busySeconds,
    Map<String, Double> threadSeconds) {

  public double totalCpuSeconds() {
    return cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  public double totalPssMib() {
    return peakPssMib.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * What anything else used, the stub world included if it is not watched. A run with much of it
   * cannot be compared.
   */
  public double otherCpuSeconds() {
    return Math.max(0, busySeconds - totalCpuSeconds() - loadCpuSeconds);
  }

  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!cpuSeconds.isEmpty()) {
      map.put("cpu_s", rounded(cpuSeconds));
      map.put("peak_pss_mib", rounded(peakPssMib));
      map.put("peak_pss_total_mib", round(totalPssMib()));
    }
    map.put("load_cpu_s", round(loadCpuSeconds));
    map.put("other_cpu_s", round(otherCpuSeconds()));
    return map;
  }

  private static Map<String, Double> rounded(Map<String, Double> values) {
    Map<String, Double> map = new LinkedHashMap<>();
    values.forEach((name, value) -> map.put(name, round(value)));
    return map;
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
