package io.penstock.benchmark.growth;

import io.penstock.benchmark.testbed.LoadUnderWay;
import io.penstock.benchmark.testbed.OutputOptions;
import io.penstock.benchmark.testbed.Workspace;
import io.penstock.benchmark.workload.Workload;
import io.penstock.benchmark.workload.Workloads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmark/run growth}. */
@Command(
    name = "growth",
    description = {
      "What a lead costs when there is more and more of something: CPU time per execution at each",
      "level, by component, and as a ratio to the first level of the same run. That first one is as",
      "warm as the others only after a long warm-up.",
      "Ends with exit code 1 if an execution was lost, duplicated or misrouted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  benchmark/run growth                                      open executions, up to a million",
      "  benchmark/run growth --by definitions --levels 10,1000,10000",
      "  benchmark/run growth --by history --levels 10000,100000"
    },
    sortOptions = false)
public final class GrowthCommand implements Callable<Integer> {
  private static final int NOT_CLEAN = 1;
  private static final int CONNECTIONS = 32;

  /** What can grow. */
  enum By {
    OPEN,
    HISTORY,
    DEFINITIONS
  }

  @Option(
      names = "--by",
      defaultValue = "open",
      description = "What grows (default: ${DEFAULT-VALUE}): ${COMPLETION-CANDIDATES}.")
  By by;

  @Option(
      names = "--levels",
      split = ",",
      paramLabel = "N",
      defaultValue = "10000,100000,1000000",
      description = "How many of it, ascending (default: ${DEFAULT-VALUE}).")
  List<Long> levels;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      defaultValue = "lead",
      converter = Workloads.ByName.class,
      completionCandidates = Workloads.Names.class,
      description = "What is measured (default: ${DEFAULT-VALUE}): ${COMPLETION-CANDIDATES}.")
  Workload workload;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      defaultValue = "90",
      description = "Load before the first level (default: ${DEFAULT-VALUE}).")
  long warmUpSeconds;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "40",
      description = "Measured at each level, after ten of load (default: ${DEFAULT-VALUE}).")
  long seconds;

  @Mixin OutputOptions output;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Workspace workspace = Workspace.open(output, command.commandLine());
        LoadUnderWay load = LoadUnderWay.start(workspace, workload, CONNECTIONS, Map.of());
        FrontDoor door = new FrontDoor(load.penstock().url("/"))) {
      load.awaitStarted();
      Growing growing =
          switch (by) {
            case OPEN -> new OpenExecutions(door, workspace::progress);
            case HISTORY -> new EndedExecutions(load, workspace::progress);
            case DEFINITIONS -> new Definitions(door, workspace::progress);
          };
      boolean clean =
          new Growth(
                  workspace,
                  load,
                  growing,
                  Duration.ofSeconds(warmUpSeconds),
                  Duration.ofSeconds(seconds))
              .measure(levels);
      return clean ? 0 : NOT_CLEAN;
    }
  }
}
