package io.penstock.benchmark.testbed;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a command that starts {@code penstock dev} writes. */
public final class OutputOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "An empty or new folder for everything that is written, kept (default: a temporary one, removed).")
  Optional<Path> data = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where lines of JSON with the results are appended (default: benchmark/target/results.jsonl).")
  Optional<Path> out = Optional.empty();

  @Option(names = "--label", paramLabel = "TEXT", description = "Copied to the results.")
  Optional<String> label = Optional.empty();
}
