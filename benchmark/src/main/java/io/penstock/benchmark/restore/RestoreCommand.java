package io.penstock.benchmark.restore;

import io.penstock.benchmark.testbed.PenstockUnderTest;
import io.penstock.benchmark.testbed.PenstockUnderTest.StartTimes;
import io.penstock.benchmark.testbed.ResultsFile;
import io.penstock.benchmark.testbed.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmark/run restore}. */
@Command(
    name = "restore",
    description = {
      "How long the orchestrator takes to read its whole state from Kafka, and what it takes on disk:",
      "as after a kill, on a new machine, or with an empty volume.",
      "",
      "Starts 'penstock dev', has one execution wait, appends copies of what was written for it,",
      "stops, deletes the local state and starts again. The last figure is the time from that start",
      "until an event that was there before is decided on: as a repetition, by a key that was read.",
      "A million executions take about 1 GB of disk."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  benchmark/run restore --executions 10000",
      "  benchmark/run restore --executions 1000000 --events 10000000"
    },
    sortOptions = false)
public final class RestoreCommand implements Callable<Integer> {
  private static final String WORKFLOW = "hold";
  private static final String PROBE = "{\"id\":\"probe-1\"}";
  private static final Duration ASK_EVERY = Duration.ofMillis(50);
  private static final String DEFINITIONS =
      """
      kind: Source
      name: lead
      signature: {scheme: none}
      event: {id: "{{ body.id }}", type: lead.created}
      ---
      kind: Workflow
      name: hold
      version: 1.0.0
      on: [{source: lead, type: lead.created}]
      steps:
        - {id: pause, wait: 30d}
      """;

  @Option(
      names = "--executions",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Open ones, each of which waits (default: ${DEFAULT-VALUE}).")
  long executions;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "0",
      description = "Keys of the deduplication window besides (default: ${DEFAULT-VALUE}).")
  long events;

  @Option(
      names = "--within",
      paramLabel = "DURATION",
      defaultValue = "PT30M",
      description = "Longest time to wait for the restored start (default: ${DEFAULT-VALUE}).")
  Duration within;

  @Option(names = "--label", paramLabel = "TEXT", description = "Stands in the results.")
  Optional<String> label;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("penstock.home", ".")).toAbsolutePath().normalize();
    Path folder = Files.createTempDirectory("penstock-restore");
    try {
      measure(home, folder);
      return 0;
    } finally {
      delete(folder);
    }
  }

  private void measure(Path home, Path folder) throws IOException, InterruptedException {
    Path definitions = Files.createDirectory(folder.resolve("definitions"));
    Files.writeString(definitions.resolve("hold.yaml"), DEFINITIONS, StandardCharsets.UTF_8);
    try (PenstockUnderTest first = PenstockUnderTest.start(home, folder, definitions, Map.of())) {
      first.awaitStarted(PROBE);
      StateCopies copies = new StateCopies(first.bootstrapServers());
      awaitHistoryBehind(copies, 0);
      say("appending %d executions and %d events".formatted(executions, events));
      copies.append(WORKFLOW, executions, events);
    }
    Path data = folder.resolve("data");
    Path streams = data.resolve("streams");
    long changelogs =
        bytes(
            data.resolve("kafka"),
            path -> path.toString().contains("-changelog-") && path.toString().endsWith(".log"));
    delete(streams);
    say("%.0f MB of changelogs; starting without local state".formatted(mega(changelogs)));
    try (PenstockUnderTest second = PenstockUnderTest.start(home, folder, definitions, Map.of())) {
      StateCopies log = new StateCopies(second.bootstrapServers());
      StartTimes times = second.awaitStarted(PROBE, within);
      awaitHistoryBehind(log, 1);
      report(home, changelogs, bytes(streams, path -> true), times, second.sinceBegin());
    }
  }

  private static void awaitHistoryBehind(StateCopies log, long before) throws InterruptedException {
    while (log.historyEnd() <= before) {
      Thread.sleep(ASK_EVERY);
    }
  }

  private void report(Path home, long changelogs, long local, StartTimes times, Duration decided)
      throws IOException {
    command
        .commandLine()
        .getOut()
        .print(
            new TextTable(
                    "restore",
                    "executions",
                    "events",
                    "changelogs MB",
                    "disk MB",
                    "ready s",
                    "decided s")
                .row(
                    label.orElse(""),
                    executions,
                    events,
                    mega(changelogs),
                    mega(local),
                    seconds(times.ready()),
                    seconds(decided)));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("executions", executions);
    figures.put("events", events);
    figures.put("changelog_bytes", changelogs);
    figures.put("state_bytes", local);
    figures.put("ready_s", seconds(times.ready()));
    figures.put("decided_s", seconds(decided));
    new ResultsFile(home.resolve("benchmark/target/results.jsonl"), label)
        .append("restore", figures);
  }

  private void say(String text) {
    command.commandLine().getOut().println(text);
    command.commandLine().getOut().flush();
  }

  private static double mega(long bytes) {
    return bytes / 1e6;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  /** Of the files below a folder, those that count. */
  private static long bytes(Path folder, Predicate<Path> counts) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(counts)
          .mapToLong(RestoreCommand::size)
          .sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // deleted meanwhile
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.deleteIfExists(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
