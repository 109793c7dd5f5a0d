package io.penstock.benchmark.growth;

import io.penstock.benchmark.load.LoadResult;
import io.penstock.benchmark.testbed.LoadUnderWay;
import io.penstock.benchmark.testbed.PenstockUnderTest;
import io.penstock.benchmark.testbed.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets something grow level by level, and measures a load at each. */
final class Growth {
  private static final Duration BEFORE_EACH_LEVEL = Duration.ofSeconds(10);

  private final Workspace workspace;
  private final LoadUnderWay load;
  private final Growing growing;
  private final Duration warmUp;
  private final Duration measured;

  Growth(
      Workspace workspace, LoadUnderWay load, Growing growing, Duration warmUp, Duration measured) {
    this.workspace = workspace;
    this.load = load;
    this.growing = growing;
    this.warmUp = warmUp;
    this.measured = measured;
  }

  /**
   * Prints and keeps the results.
   *
   * @return whether every execution of the load ended once and in the right place
   */
  boolean measure(List<Long> levels) throws IOException, InterruptedException {
    workspace.progress("warm-up: " + warmUp);
    boolean clean = load.run(Optional.empty(), Duration.ZERO, warmUp).isClean();
    List<GrowthTable.Level> measuredLevels = new ArrayList<>();
    for (long level : levels) {
      workspace.progress("%d %s".formatted(level, growing.unit()));
      long begin = System.nanoTime();
      growing.growTo(level);
      double growSeconds = (System.nanoTime() - begin) / 1e9;
      LoadResult result = load.run(Optional.empty(), BEFORE_EACH_LEVEL, measured);
      clean &= result.isClean();
      measuredLevels.add(
          new GrowthTable.Level(level, result, PenstockUnderTest.costOf(result).orElseThrow()));
      keep(level, growSeconds, result);
    }
    workspace.print(GrowthTable.of(growing.unit(), measuredLevels));
    return clean;
  }

  private void keep(long level, double growSeconds, LoadResult result) throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("level", level);
    figures.put("grown_in_s", Math.round(growSeconds));
    figures.putAll(result.asMap());
    PenstockUnderTest.costOf(result)
        .ifPresent(cost -> figures.put("cpu_ms_by_component", cost.msPerExecution()));
    workspace.results().append("growth " + growing.name(), figures);
  }
}
