package io.penstock.soak;

import io.penstock.soak.account.Recovery;
import io.penstock.soak.fault.PlannedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** How long service was away, by what was done. */
final class Recoveries {
  private final Map<String, List<Recovery>> byFault = new TreeMap<>();

  void add(PlannedFault planned, Recovery recovery) {
    byFault.computeIfAbsent(planned.title(), any -> new ArrayList<>()).add(recovery);
  }

  /** A line for each, medians first, the worst in brackets. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(row("done to it", "times", "accepted", "an execution", "all partitions"));
    byFault.forEach(
        (title, all) ->
            lines.add(
                row(
                    title,
                    Integer.toString(all.size()),
                    cell(all, Recovery::accepted),
                    cell(all, Recovery::ended),
                    cell(all, Recovery::everywhere))));
    return lines;
  }

  private static String row(String... cells) {
    return "%-34s %5s  %-16s %-16s %s".formatted((Object[]) cells);
  }

  private static String cell(List<Recovery> all, Function<Recovery, Duration> figure) {
    List<Duration> sorted = all.stream().map(figure).sorted().toList();
    String median = seconds(sorted.get(sorted.size() / 2));
    return sorted.size() == 1 ? median : median + " (" + seconds(sorted.getLast()) + ")";
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
