package io.penstock.simulator.run;

import io.penstock.simulator.plan.Planned;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what happened in many runs. */
public final class Tally {
  private final Map<String, Integer> planned = new TreeMap<>();
  private int runs;
  private int failed;
  private long steps;
  private long executions;
  private long calls;

  public void add(RunResult result) {
    runs++;
    failed += result.isGood() ? 0 : 1;
    steps += result.steps();
    executions += result.executions();
    calls += result.calls();
    for (Planned item : result.plan().items()) {
      planned.merge(name(item), 1, Integer::sum);
    }
  }

  public int runs() {
    return runs;
  }

  public int failed() {
    return failed;
  }

  public long steps() {
    return steps;
  }

  public long executions() {
    return executions;
  }

  public long calls() {
    return calls;
  }

  /** How often each kind of thing was planned, by its name. */
  public Map<String, Integer> planned() {
    return planned;
  }

  /** Those that are faults: all but events, and what people wish. */
  public int faults() {
    return planned.entrySet().stream()
        .filter(entry -> !entry.getKey().equals("arrival") && !entry.getKey().equals("wish"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** {@code KillWorker} as {@code kill worker}. */
  private static String name(Planned item) {
    return item.getClass()
        .getSimpleName()
        .replaceAll("(?<=.)([A-Z])", " $1")
        .toLowerCase(Locale.ROOT);
  }
}
