package io.penstock.benchmark.measure;

import io.penstock.benchmark.component.ComponentCost;
import io.penstock.benchmark.load.LoadPlan;
import io.penstock.benchmark.load.LoadResult;
import io.penstock.benchmark.machine.MemoryUse;
import io.penstock.benchmark.machine.Watched;
import io.penstock.benchmark.testbed.LoadUnderWay;
import io.penstock.benchmark.testbed.PenstockUnderTest;
import io.penstock.benchmark.testbed.TextTable;
import io.penstock.benchmark.testbed.Workspace;
import io.penstock.benchmark.timeline.Legs;
import io.penstock.benchmark.timeline.Timeline;
import io.penstock.benchmark.workload.Workload;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One start of penstock and the phases on it. */
final class Measurement {
  private final Workspace workspace;
  private final Workload workload;
  private final MeasureOptions options;

  Measurement(Workspace workspace, Workload workload, MeasureOptions options) {
    this.workspace = workspace;
    this.workload = workload;
    this.options = options;
  }

  /**
   * Measures, prints and keeps the results.
   *
   * @return whether every execution ended once and in the right place
   */
  boolean take() throws IOException, InterruptedException {
    boolean clean = true;
    try (LoadUnderWay load =
        LoadUnderWay.start(workspace, workload, options.connections, Map.of())) {
      started(load);
      for (Phase phase : options.phases) {
        workspace.progress(
            "%s: %s + %s".formatted(label(phase), options.warmUp(), options.measured()));
        clean &= measure(phase, load);
      }
      memory("end", load.penstock());
    }
    return clean;
  }

  private void started(LoadUnderWay load) throws IOException, InterruptedException {
    workspace.progress("start");
    PenstockUnderTest.StartTimes times = load.awaitStarted();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ready_ms", times.ready().toMillis());
    figures.put("first_accept_ms", times.firstAccepted().toMillis());
    workspace.results().append("start", figures);
    workspace.print(
        new TextTable("start", "seconds")
            .row("ready", times.ready().toMillis() / 1e3)
            .row("first webhook accepted", times.firstAccepted().toMillis() / 1e3));
    memory("after start", load.penstock());
  }

  private boolean measure(Phase phase, LoadUnderWay load) throws IOException, InterruptedException {
    Optional<LoadPlan.Pace> pace =
        switch (phase) {
          case LATENCY -> Optional.of(new LoadPlan.OpenLoop(options.rate));
          case THROUGHPUT -> options.window.map(LoadPlan.ClosedLoop::new);
        };
    if (phase != Phase.LATENCY || !options.timeline) {
      return keep(phase, load.run(pace, options.warmUp(), options.measured()), Optional.empty());
    }
    try (Timeline timeline = Timeline.begin(load.penstock().bootstrapServers())) {
      LoadResult result = load.run(pace, options.warmUp(), options.measured());
      return keep(
          phase,
          result,
          Optional.of(timeline.end(load.world(), result.plan().prefix(), result.dueNanos())));
    }
  }

  private boolean keep(Phase phase, LoadResult result, Optional<Legs> legs) throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>(Map.of("workload", workload.name()));
    figures.putAll(result.asMap());
    legs.ifPresent(all -> figures.put("timeline", all.asMap()));
    Optional<ComponentCost> cost = PenstockUnderTest.costOf(result);
    cost.ifPresent(all -> figures.put("cpu_ms_by_component", all.msPerExecution()));
    workspace.results().append(label(phase), figures);
    workspace.print(Tables.of(workload.name() + ", " + label(phase), figures));
    cost.ifPresent(all -> workspace.print(Tables.of(all)));
    legs.ifPresent(all -> workspace.print(Tables.of(all)));
    return result.isClean();
  }

  private void memory(String moment, PenstockUnderTest penstock) throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    double sum = 0;
    TextTable table = new TextTable("memory, " + moment, "MiB");
    for (Watched watched : penstock.watched()) {
      double mib = MemoryUse.pssMib(watched.pids());
      figures.put(watched.name(), Math.round(mib));
      table.row(watched.name(), mib);
      sum += mib;
    }
    figures.put("total", Math.round(sum));
    workspace.results().append("memory " + moment, Map.of("pss_mib", figures));
    workspace.print(table.row("together (proportional set size)", sum));
  }

  private static String label(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }
}
