package io.penstock.standalone.demo;

import io.penstock.standalone.demo.ExecutionProgress.StepProgress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What has become of each lead, one line each; at most 80 columns wide. */
final class ResultTable {
  private static final Set<String> NO_ACTIONS =
      Set.of("company", "person", "news", "score", "pipeline");
  private static final double MICRO = 1_000_000;

  private ResultTable() {}

  static String of(List<Lead> leads, Map<Lead, ExecutionProgress> progress) {
    StringBuilder table = new StringBuilder();
    table.append(row("Lead", "Score", "Route", "Actions", "Failures", "Cost", "Time"));
    for (Lead lead : leads) {
      table.append(row(lead.name(), progress.get(lead)));
    }
    return table.toString();
  }

  private static String row(String name, ExecutionProgress one) {
    return row(
        name,
        one.score().map(LeadLine::number).orElse("-"),
        one.route().orElse("-"),
        one.steps().stream()
            .filter(step -> step.status().equals("COMPLETED") && !NO_ACTIONS.contains(step.name()))
            .map(StepProgress::name)
            .collect(Collectors.joining(", ")),
        one.steps().stream()
            .filter(step -> step.attempts() > 1 || step.caught())
            .map(StepProgress::name)
            .collect(Collectors.joining(", ")),
        one.costMicroUsd().map(ResultTable::dollars).orElse("-"),
        one.took().map(ResultTable::seconds).orElse("-"));
  }

  private static String row(
      String name,
      String score,
      String route,
      String actions,
      String failures,
      String cost,
      String time) {
    return String.format(
        "  %s  %5s  %-6s  %-19s  %-8s  %9s  %7s%n",
        LeadLine.padded(name, LeadLine.NAME_WIDTH), score, route, actions, failures, cost, time);
  }

  static String dollars(long micro) {
    return String.format(Locale.ROOT, "$%.6f", micro / MICRO);
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.2f s", took.toMillis() / 1000.0);
  }
}
