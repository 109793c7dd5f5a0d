package io.penstock.benchmark.profile;

import io.penstock.benchmark.load.LoadResult;
import io.penstock.benchmark.testbed.LoadUnderWay;
import io.penstock.benchmark.testbed.OutputOptions;
import io.penstock.benchmark.testbed.Workspace;
import io.penstock.benchmark.workload.Workload;
import io.penstock.benchmark.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmark/run profile}. */
@Command(
    name = "profile",
    description = {
      "Where the JVM of 'penstock dev' uses CPU time and memory under full load: Flight Recorder's",
      "samples by component, by topic and by method, as text.",
    },
    footerHeading = "%nExample:%n",
    footer = "  benchmark/run profile --warmup 120 --recording lead.jfr",
    sortOptions = false)
public final class ProfileCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 32;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      defaultValue = "lead",
      converter = Workloads.ByName.class,
      completionCandidates = Workloads.Names.class,
      description = "The load (default: ${DEFAULT-VALUE}): ${COMPLETION-CANDIDATES}.")
  Workload workload;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      defaultValue = "90",
      description = "Load before the recording (default: ${DEFAULT-VALUE}).")
  long warmUpSeconds;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "40",
      description = "Length of the recording (default: ${DEFAULT-VALUE}).")
  long seconds;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "30",
      description = "So many methods in each list (default: ${DEFAULT-VALUE}).")
  int top;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      description = "Keep the recording, for other tools.")
  Optional<Path> recording;

  @Mixin OutputOptions output;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Workspace workspace = Workspace.open(output, command.commandLine());
        LoadUnderWay load = LoadUnderWay.start(workspace, workload, CONNECTIONS, Map.of())) {
      Path file = recording.orElse(workspace.folder().resolve("recording.jfr")).toAbsolutePath();
      load.awaitStarted();
      workspace.progress("warm-up");
      load.run(Optional.empty(), Duration.ZERO, Duration.ofSeconds(warmUpSeconds));
      LoadResult result;
      try (Recording recorded = Recording.begin(load.penstock().pid(), file)) {
        result = load.run(Optional.empty(), Duration.ZERO, Duration.ofSeconds(seconds));
      }
      Profile profile = Profile.read(file);
      workspace.print(profile.cpu().table("CPU samples", top));
      workspace.print(profile.allocation().table("allocated bytes, sampled", top));
      workspace.print(
          "%.0f executions/s, %.2f ms of CPU each while recording"
              .formatted(
                  result.executionsPerSecond(),
                  result.use().totalCpuSeconds() * 1e3 / result.executionsInTime()));
    }
    return 0;
  }
}
