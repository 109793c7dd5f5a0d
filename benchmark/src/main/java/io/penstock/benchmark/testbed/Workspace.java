package io.penstock.benchmark.testbed;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where a command that starts {@code penstock dev} works, and whom it tells. */
public final class Workspace implements AutoCloseable {
  private final CommandLine command;
  private final Path home;
  private final Path folder;
  private final boolean kept;
  private final ResultsFile results;

  private Workspace(
      CommandLine command, Path home, Path folder, boolean kept, ResultsFile results) {
    this.command = command;
    this.home = home;
    this.folder = folder;
    this.kept = kept;
    this.results = results;
  }

  /**
   * @throws ParameterException if there is no {@code ./penstock} to start, or the folder for its
   *     data is in use
   */
  public static Workspace open(OutputOptions options, CommandLine command) throws IOException {
    Path home = Path.of(System.getProperty("penstock.home", ".")).toAbsolutePath().normalize();
    if (!Files.isExecutable(home.resolve("penstock"))) {
      throw new ParameterException(
          command, "there is no ./penstock in %s; use benchmark/run".formatted(home));
    }
    ResultsFile results =
        new ResultsFile(
            options.out.orElse(home.resolve("benchmark/target/results.jsonl")), options.label);
    Path folder =
        options.data.isPresent()
            ? empty(options.data.get().toAbsolutePath().normalize(), command)
            : Files.createTempDirectory("penstock-benchmark");
    return new Workspace(command, home, folder, options.data.isPresent(), results);
  }

  private static Path empty(Path folder, CommandLine command) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new ParameterException(
            command,
            "--data %s is not empty; data of an earlier measurement would be measured too"
                .formatted(folder));
      }
    }
    return folder;
  }

  /** Where {@code ./penstock} stands. */
  public Path home() {
    return home;
  }

  /** For everything that is written, but results. */
  public Path folder() {
    return folder;
  }

  public ResultsFile results() {
    return results;
  }

  public void print(Object table) {
    command.getOut().println(table);
    command.getOut().flush();
  }

  /** For whoever waits. */
  public void progress(String line) {
    PrintWriter err = command.getErr();
    err.println(line);
    err.flush();
  }

  @Override
  public void close() throws IOException {
    if (kept) {
      return;
    }
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
