package io.penstock.benchmark.measure;

import io.penstock.benchmark.workload.Workload;
import io.penstock.benchmark.workload.Workloads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How to measure; options of {@link MeasureCommand}. */
final class MeasureOptions {
  @Option(
      names = "--workload",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "lead",
      converter = Workloads.ByName.class,
      completionCandidates = Workloads.Names.class,
      description =
          "One after the other, each on a start of its own (default: ${DEFAULT-VALUE}): ${COMPLETION-CANDIDATES}.")
  List<Workload> workloads;

  @Option(
      names = "--phases",
      split = ",",
      defaultValue = "latency,throughput",
      description = "In this order, after the start (default: ${DEFAULT-VALUE}).")
  List<Phase> phases;

  @Option(
      names = "--rate",
      paramLabel = "PER_SECOND",
      defaultValue = "5",
      description = "Of the latency phase (default: ${DEFAULT-VALUE}).")
  double rate;

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "Leads under way in the throughput phase (default: as many as suit the workload, 128 for most).")
  Optional<Integer> window;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "32",
      description = "Of the load generator (default: ${DEFAULT-VALUE}).")
  int connections;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "Load before the measured time of each phase (default: ${DEFAULT-VALUE}).")
  double warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Measured time of each phase (default: ${DEFAULT-VALUE}).")
  double seconds;

  @Option(
      names = "--timeline",
      description =
          "In the latency phase of workload lead also follow each lead through Kafka and say where its milliseconds go. Costs some CPU: take the phase's own figures from a measurement without it.")
  boolean timeline;

  Duration warmUp() {
    return seconds(warmUp);
  }

  Duration measured() {
    return seconds(seconds);
  }

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
