package io.penstock.benchmark.measure;

import io.penstock.benchmark.component.ComponentCost;
import io.penstock.benchmark.load.LoadGenerator;
import io.penstock.benchmark.load.LoadPlan;
import io.penstock.benchmark.load.LoadResult;
import io.penstock.benchmark.machine.MemoryUse;
import io.penstock.benchmark.machine.Watched;
import io.penstock.benchmark.timeline.Legs;
import io.penstock.benchmark.timeline.Timeline;
import io.penstock.benchmark.workload.Workload;
import io.penstock.benchmark.workload.WorkloadFiles;
import io.penstock.benchmark.world.StubWorld;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** One start of penstock and the phases on it. */
final class Measurement {
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private final Path home;
  private final Path folder;
  private final Workload workload;
  private final MeasureOptions options;
  private final ResultsFile results;
  private final PrintWriter out;
  private final PrintWriter err;

  Measurement(
      Path home,
      Path folder,
      Workload workload,
      MeasureOptions options,
      ResultsFile results,
      CommandLine console) {
    this.home = home;
    this.folder = folder;
    this.workload = workload;
    this.options = options;
    this.results = results;
    this.out = console.getOut();
    this.err = console.getErr();
  }

  /**
   * Measures, prints and keeps the results.
   *
   * @return whether every execution ended once and in the right place
   */
  boolean take() throws IOException, InterruptedException {
    boolean clean = true;
    // In this process: one JVM less on the machine. Its CPU time counts as the load generator's.
    try (StubWorld world = StubWorld.start(0, workload.world(), workload.calls().notifications());
        PenstockUnderTest penstock =
            PenstockUnderTest.start(
                home,
                folder,
                WorkloadFiles.write(workload, folder.resolve("definitions"), world.url()))) {
      started(penstock);
      for (Phase phase : options.phases) {
        progress("%s: %s + %s".formatted(label(phase), options.warmUp(), options.measured()));
        clean &= measure(phase, penstock, URI.create(world.url()));
      }
      memory("end", penstock);
    }
    return clean;
  }

  private void started(PenstockUnderTest penstock) throws IOException, InterruptedException {
    progress("start");
    PenstockUnderTest.StartTimes times =
        penstock.awaitStarted(workload.body().replace("{id}", "probe-1").replace("{n}", "1"));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ready_ms", times.ready().toMillis());
    figures.put("first_accept_ms", times.firstAccepted().toMillis());
    results.append("start", figures);
    print(
        new TextTable("start", "seconds")
            .row("ready", times.ready().toMillis() / 1e3)
            .row("first webhook accepted", times.firstAccepted().toMillis() / 1e3));
    memory("after start", penstock);
  }

  private boolean measure(Phase phase, PenstockUnderTest penstock, URI world)
      throws IOException, InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            penstock.webhook(),
            world,
            switch (phase) {
              case LATENCY -> new LoadPlan.OpenLoop(options.rate);
              case THROUGHPUT -> new LoadPlan.ClosedLoop(options.window.orElse(workload.window()));
            },
            options.warmUp(),
            options.measured(),
            options.connections,
            Optional.empty(),
            0,
            workload.body(),
            workload.calls(),
            LoadPlan.freshPrefix(),
            DRAIN,
            LoadPlan.SETTLE);
    LoadGenerator load = new LoadGenerator(plan, penstock.meter(), this::progress);
    if (phase != Phase.LATENCY || !options.timeline) {
      return keep(phase, load.run(), Optional.empty());
    }
    try (Timeline timeline = Timeline.begin(penstock.bootstrapServers())) {
      LoadResult result = load.run();
      return keep(
          phase, result, Optional.of(timeline.end(world, plan.prefix(), result.dueNanos())));
    }
  }

  private boolean keep(Phase phase, LoadResult result, Optional<Legs> legs) throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>(Map.of("workload", workload.name()));
    figures.putAll(result.asMap());
    legs.ifPresent(all -> figures.put("timeline", all.asMap()));
    Optional<ComponentCost> cost =
        result.executionsInTime() == 0
            ? Optional.empty()
            : Optional.of(
                ComponentCost.of(result.use(), PenstockUnderTest.JVM, result.executionsInTime()));
    cost.ifPresent(all -> figures.put("cpu_ms_by_component", all.msPerExecution()));
    results.append(label(phase), figures);
    print(Tables.of(workload.name() + ", " + label(phase), figures));
    cost.ifPresent(all -> print(Tables.of(all)));
    legs.ifPresent(all -> print(Tables.of(all)));
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
    results.append("memory " + moment, Map.of("pss_mib", figures));
    print(table.row("together (proportional set size)", sum));
  }

  private static String label(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  private void print(TextTable table) {
    out.println(table);
    out.flush();
  }

  private void progress(String line) {
    err.println(line);
    err.flush();
  }
}
