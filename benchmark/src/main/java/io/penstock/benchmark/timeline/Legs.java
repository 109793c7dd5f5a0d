package io.penstock.benchmark.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the milliseconds of an execution go. The means of the legs add up to the mean of the whole;
 * medians need not.
 *
 * @param legs in their order
 * @param byHolder sums of the legs in whose hands the lead is
 * @param aside not part of the whole
 * @param executions how many were seen at every moment
 */
public record Legs(List<Leg> legs, List<Leg> byHolder, List<Leg> aside, Leg total, int executions) {

  /** One row; milliseconds. */
  public record Leg(String name, double meanMs, double p50Ms, double p99Ms) {
    static Leg of(String name, double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return new Leg(
          name,
          Arrays.stream(values).average().orElse(0),
          percentile(sorted, 50),
          percentile(sorted, 99));
    }

    private static double percentile(double[] sorted, double percent) {
      int rank = (int) Math.ceil(percent / 100 * sorted.length);
      return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)];
    }

    Map<String, Object> asMap() {
      return Map.of(
          "leg", name, "mean_ms", round(meanMs), "p50_ms", round(p50Ms), "p99_ms", round(p99Ms));
    }

    private static double round(double ms) {
      return Math.round(ms * 100) / 100.0;
    }
  }

  static Legs of(Collection<Map<Moment, Double>> passages) {
    List<Leg> legs = new ArrayList<>();
    List<Leg> aside = new ArrayList<>();
    Map<Moment.Holder, double[]> sums = new EnumMap<>(Moment.Holder.class);
    double[] totals = new double[passages.size()];
    Moment before = Moment.DUE;
    for (Moment moment : Moment.values()) {
      if (moment == Moment.DUE) {
        continue;
      }
      double[] values = between(passages, before, moment);
      if (moment.holder() == Moment.Holder.NOBODY) {
        aside.add(Leg.of(moment.leg(), values));
        continue;
      }
      legs.add(Leg.of(moment.leg(), values));
      add(values, sums.computeIfAbsent(moment.holder(), any -> new double[values.length]));
      add(values, totals);
      before = moment;
    }
    List<Leg> byHolder = new ArrayList<>();
    sums.forEach((holder, values) -> byHolder.add(Leg.of(holder.label(), values)));
    return new Legs(
        legs, byHolder, aside, Leg.of("webhook due -> notified", totals), passages.size());
  }

  private static double[] between(
      Collection<Map<Moment, Double>> passages, Moment from, Moment to) {
    return passages.stream().mapToDouble(each -> each.get(to) - each.get(from)).toArray();
  }

  private static void add(double[] values, double[] sums) {
    for (int i = 0; i < values.length; i++) {
      sums[i] += values[i];
    }
  }

  /** For JSON. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("executions", executions);
    map.put("legs", legs.stream().map(Leg::asMap).toList());
    map.put("by_holder", byHolder.stream().map(Leg::asMap).toList());
    map.put("total", total.asMap());
    map.put("aside", aside.stream().map(Leg::asMap).toList());
    return map;
  }
}
