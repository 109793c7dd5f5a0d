package io.penstock.benchmark.growth;

import io.penstock.benchmark.component.Component;
import io.penstock.benchmark.component.ComponentCost;
import io.penstock.benchmark.load.LoadResult;
import io.penstock.benchmark.testbed.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The levels side by side. */
final class GrowthTable {
  private GrowthTable() {}

  /** What was measured when there were so many. */
  record Level(long level, LoadResult result, ComponentCost cost) {
    double msPerExecution() {
      return result.use().totalCpuSeconds() * 1e3 / result.executionsInTime();
    }

    /** The compilers work the less the longer the JVM has run, whatever grows. */
    double msWithoutCompilers() {
      return msPerExecution() - cost.msPerExecution().get(Component.COMPILER.label());
    }
  }

  static TextTable of(String unit, List<Level> levels) {
    double first = levels.getFirst().msPerExecution();
    TextTable table =
        new TextTable(
            Stream.concat(
                    Stream.of("CPU per execution, ms, with " + unit),
                    levels.stream().map(level -> "%,d".formatted(level.level())))
                .toArray(String[]::new));
    levels
        .getFirst()
        .cost()
        .msPerExecution()
        .keySet()
        .forEach(
            component ->
                row(table, component, levels, l -> l.cost().msPerExecution().get(component)));
    row(table, "together", levels, Level::msPerExecution);
    row(table, "ratio to the first", levels, level -> level.msPerExecution() / first);
    double firstWithout = levels.getFirst().msWithoutCompilers();
    row(
        table,
        "the same without compilers",
        levels,
        level -> level.msWithoutCompilers() / firstWithout);
    row(table, "executions/s", levels, level -> level.result().executionsPerSecond());
    row(table, "memory (PSS), MiB", levels, level -> level.result().use().totalPssMib());
    row(table, "other_cpu_s", levels, level -> level.result().use().otherCpuSeconds());
    return table;
  }

  private static void row(
      TextTable table, String name, List<Level> levels, Function<Level, Double> figure) {
    table.row(
        name,
        levels.stream()
            .map(figure)
            .map(value -> String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value))
            .toArray());
  }
}
