package io.penstock.benchmark.measure;

import io.penstock.benchmark.testbed.OutputOptions;
import io.penstock.benchmark.testbed.Workspace;
import io.penstock.benchmark.workload.Workload;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code benchmark/run measure}. */
@Command(
    name = "measure",
    description = {
      "Start 'penstock dev' on ports and data of its own and a stub world, measure, and stop both.",
      "Prints tables and appends JSON lines to a file. Everything that penstock starts is counted,",
      "its PostgreSQL too: CPU time, and memory as proportional set size.",
      "",
      "Run './penstock demo' once before: it leaves the class archive that later starts use. And",
      "leave the machine alone meanwhile; other_cpu_s in the results tells whether anybody was on it.",
      "Ends with exit code 1 if an execution was lost, duplicated or misrouted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  benchmark/run measure                                  start, latency at 5/s, throughput, memory",
      "  benchmark/run measure --phases latency --timeline      where the milliseconds go",
      "  benchmark/run measure --phases throughput --window 256 --label more-in-flight",
      "  benchmark/run measure --workload fan-out,foreach --phases throughput"
    },
    sortOptions = false)
public final class MeasureCommand implements Callable<Integer> {
  private static final int NOT_CLEAN = 1;

  @Mixin MeasureOptions options;

  @Mixin OutputOptions output;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Workspace workspace = Workspace.open(output, command.commandLine())) {
      boolean clean = true;
      for (Workload workload : options.workloads) {
        clean &= new Measurement(workspace, workload, options).take();
      }
      return clean ? 0 : NOT_CLEAN;
    }
  }
}
