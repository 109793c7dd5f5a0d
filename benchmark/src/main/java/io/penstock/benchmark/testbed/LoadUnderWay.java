package io.penstock.benchmark.testbed;

import io.penstock.benchmark.load.LoadGenerator;
import io.penstock.benchmark.load.LoadPlan;
import io.penstock.benchmark.load.LoadResult;
import io.penstock.benchmark.workload.Workload;
import io.penstock.benchmark.world.StubWorld;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A workload between the stub world and a penstock that were started for it. */
public final class LoadUnderWay implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private final Workload workload;
  private final int connections;
  private final Consumer<String> progress;
  private final StubWorld world;
  private final PenstockUnderTest penstock;

  private LoadUnderWay(
      Workload workload,
      int connections,
      Consumer<String> progress,
      StubWorld world,
      PenstockUnderTest penstock) {
    this.workload = workload;
    this.connections = connections;
    this.progress = progress;
    this.world = world;
    this.penstock = penstock;
  }

  /**
   * Starts both, and does not wait for penstock.
   *
   * @param connections of the load generator
   * @param settings environment of penstock beyond our own
   */
  public static LoadUnderWay start(
      Workspace workspace, Workload workload, int connections, Map<String, String> settings)
      throws IOException {
    // In this process: one JVM less on the machine. Its CPU time counts as the load generator's.
    StubWorld world = StubWorld.start(0, workload.world(), workload.calls().notifications());
    try {
      PenstockUnderTest penstock =
          PenstockUnderTest.start(
              workspace.home(),
              workspace.folder().resolve(workload.name()),
              workload,
              world.url(),
              settings);
      return new LoadUnderWay(workload, connections, workspace::progress, world, penstock);
    } catch (IOException | RuntimeException e) {
      world.close();
      throw e;
    }
  }

  public PenstockUnderTest penstock() {
    return penstock;
  }

  public URI world() {
    return URI.create(world.url());
  }

  public PenstockUnderTest.StartTimes awaitStarted() throws InterruptedException {
    return penstock.awaitStarted(workload.body().replace("{id}", "probe-1").replace("{n}", "1"));
  }

  /**
   * Loads and measures.
   *
   * @param pace empty for a closed loop that suits the workload
   */
  public LoadResult run(Optional<LoadPlan.Pace> pace, Duration warmUp, Duration measured)
      throws IOException, InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            penstock.webhook(),
            world(),
            pace.orElseGet(() -> new LoadPlan.ClosedLoop(workload.window())),
            warmUp,
            measured,
            connections,
            Optional.empty(),
            0,
            workload.body(),
            workload.calls(),
            LoadPlan.freshPrefix(),
            DRAIN,
            LoadPlan.SETTLE);
    return new LoadGenerator(plan, penstock.meter(), progress).run();
  }

  @Override
  public void close() throws InterruptedException {
    try {
      penstock.close();
    } finally {
      world.close();
    }
  }
}
