package io.penstock.benchmark.measure;

import io.penstock.benchmark.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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

  @Spec CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("penstock.home", ".")).toAbsolutePath().normalize();
    if (!Files.isExecutable(home.resolve("penstock"))) {
      throw new ParameterException(
          command.commandLine(), "there is no ./penstock in %s; use benchmark/run".formatted(home));
    }
    ResultsFile results =
        new ResultsFile(
            options.out.orElse(home.resolve("benchmark/target/results.jsonl")), options.label);
    Path folder = folder();
    try {
      boolean clean = true;
      for (Workload workload : options.workloads) {
        clean &=
            new Measurement(
                    home,
                    folder.resolve(workload.name()),
                    workload,
                    options,
                    results,
                    command.commandLine())
                .take();
      }
      return clean ? 0 : NOT_CLEAN;
    } finally {
      if (options.data.isEmpty()) {
        delete(folder);
      }
    }
  }

  private Path folder() throws IOException {
    if (options.data.isEmpty()) {
      return Files.createTempDirectory("penstock-benchmark");
    }
    Path folder = options.data.get().toAbsolutePath().normalize();
    Files.createDirectories(folder);
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new ParameterException(
            command.commandLine(),
            "--data %s is not empty; data of an earlier measurement would be measured too"
                .formatted(folder));
      }
    }
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
