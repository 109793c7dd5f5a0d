package io.penstock.benchmark.measure;

import io.penstock.benchmark.component.ComponentCost;
import io.penstock.benchmark.testbed.TextTable;
import io.penstock.benchmark.timeline.Legs;
import java.util.Locale;
import java.util.Map;

/** The results as people read them. */
final class Tables {
  private static final String[] LOAD_FIGURES = {
    "accepted", "completed", "lost", "duplicated", "misrouted", "refused", "unknown",
    "executions_per_s", "p50_ms", "p90_ms", "p99_ms", "p99_9_ms", "max_ms", "ack_p50_ms",
    "ack_p99_ms", "cpu_ms_per_execution", "peak_pss_total_mib", "load_cpu_s", "other_cpu_s"
  };

  private Tables() {}

  /** The figures of a load that matter most; the file has them all. */
  static TextTable of(String phase, Map<String, Object> figures) {
    TextTable table = new TextTable(phase, "");
    for (String name : LOAD_FIGURES) {
      if (figures.containsKey(name)) {
        table.row(name, figures.get(name));
      }
    }
    return table;
  }

  static TextTable of(ComponentCost cost) {
    TextTable table = new TextTable("CPU per execution, by component", "ms");
    double sum = 0;
    for (Map.Entry<String, Double> row : cost.msPerExecution().entrySet()) {
      table.row(row.getKey(), String.format(Locale.ROOT, "%.2f", row.getValue()));
      sum += row.getValue();
    }
    table.row("together", String.format(Locale.ROOT, "%.2f", sum));
    if (!cost.unknown().isEmpty()) {
      table.row("not assigned: " + String.join(", ", cost.unknown()), "");
    }
    return table;
  }

  /** The means add up, line by line and holder by holder; the other columns need not. */
  static TextTable of(Legs legs) {
    TextTable table =
        new TextTable(
            "where the milliseconds go (%d executions)".formatted(legs.executions()),
            "mean",
            "p50",
            "p99");
    legs.legs().forEach(leg -> row(table, leg));
    row(table, legs.total());
    table.row("of which with", "", "", "");
    legs.byHolder().forEach(leg -> row(table, leg));
    table.row("beside it", "", "", "");
    legs.aside().forEach(leg -> row(table, leg));
    return table;
  }

  private static void row(TextTable table, Legs.Leg leg) {
    table.row(leg.name(), leg.meanMs(), leg.p50Ms(), leg.p99Ms());
  }
}
