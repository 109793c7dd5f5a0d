package io.penstock.soak.watch;

import io.penstock.soak.installation.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Readings as text: one as a line, all as a table of their quarters. A figure that rises from each
 * quarter to the next is one to look at.
 */
public final class GrowthTable {
  private static final int QUARTERS = 4;
  private static final double BYTES_PER_MIB = 1 << 20;

  private GrowthTable() {}

  /** All members in one line. */
  public static String line(Reading reading) {
    return "%,d open, lag %s, memory %.0f MiB, %d files, disk %.0f MiB"
        .formatted(
            reading.open(),
            reading.lag().isPresent() ? Long.toString(reading.lag().getAsLong()) : "unknown",
            reading.processes().values().stream().mapToDouble(ProcessFigures::pssMib).sum(),
            reading.processes().values().stream().mapToLong(ProcessFigures::files).sum(),
            reading.diskBytes().values().stream().mapToLong(Long::longValue).sum() / BYTES_PER_MIB);
  }

  /** Medians of each quarter of the time, and the highest of all; empty without readings. */
  public static List<String> of(List<Reading> readings) {
    List<String> lines = new ArrayList<>();
    if (readings.size() < QUARTERS) {
      return lines;
    }
    lines.add(
        "%-28s %9s %9s %9s %9s %9s"
            .formatted("median of each quarter", "first", "second", "third", "fourth", "highest"));
    for (Member member : Member.values()) {
      lines.add(
          row(
              member.title() + ", memory MiB",
              readings,
              reading -> reading.processes().get(member).pssMib()));
    }
    for (Member member : Member.values()) {
      lines.add(
          row(
              member.title() + ", files",
              readings,
              reading -> reading.processes().get(member).files()));
    }
    for (Member member : readings.getLast().diskBytes().keySet().stream().sorted().toList()) {
      lines.add(
          row(
              member.title() + ", disk MiB",
              readings,
              reading -> reading.diskBytes().getOrDefault(member, 0L) / BYTES_PER_MIB));
    }
    lines.add(row("input log, lag", readings, reading -> reading.lag().orElse(0)));
    lines.add(row("events under way", readings, Reading::open));
    return lines;
  }

  private static String row(
      String title, List<Reading> readings, ToDoubleFunction<Reading> figure) {
    StringBuilder row = new StringBuilder("%-28s".formatted(title));
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      List<Double> sorted =
          readings
              .subList(
                  quarter * readings.size() / QUARTERS, (quarter + 1) * readings.size() / QUARTERS)
              .stream()
              .map(figure::applyAsDouble)
              .sorted()
              .toList();
      row.append(String.format(Locale.ROOT, " %,9.0f", sorted.get(sorted.size() / 2)));
    }
    double highest = readings.stream().mapToDouble(figure).max().orElse(0);
    return row.append(String.format(Locale.ROOT, " %,9.0f", highest)).toString();
  }
}
