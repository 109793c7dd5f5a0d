package io.penstock.benchmark.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.benchmark.machine.MachineMeter;
import io.penstock.benchmark.machine.Watched;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmark/run load}. */
@Command(
    name = "load",
    description = {
      "Send leads to a webhook and say what became of them: one line of JSON.",
      "",
      "An execution begins when its webhook was due and ends with the first notification that the",
      "stub world (benchmark/run world) sees for its id. In the open loop (--rate) the schedule",
      "stands before the first send; a receiver that stalls pushes nothing back, so its stall shows",
      "in the latency of everything that was due meanwhile. The closed loop (--window) keeps so",
      "many executions under way: for throughput; its latencies say how long the queue is.",
      "",
      "A result with lost, duplicated, misrouted, refused or unknown above 0 ends with exit code 1."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  benchmark/run load --url http://127.0.0.1:9840/webhooks/lead --rate 5 --warmup 10 --seconds 60",
      "  benchmark/run load --url http://127.0.0.1:9840/webhooks/lead --window 128 --warmup 20 --seconds 60 \\",
      "      --watch penstock=$PID --watch-below postgresql=data/database",
      "",
      "accepted     leads answered 2xx           completed   those of them that were notified",
      "lost         accepted, never notified     duplicated  leads notified more than once",
      "extra_*      calls beyond a lead's first  misrouted   notified in the wrong channel",
      "unknown      the connection broke before an answer; unknown_completed: it ended all the same",
      "p50_ms …     from the time a webhook was due to its first notification",
      "ack_p50_ms … from the time a webhook was due to its answer",
      "cpu_s        of each --watch during the measured time; other_cpu_s: of anything else on the",
      "             machine (stub world included unless watched): much of it spoils a result"
    },
    sortOptions = false)
public final class LoadCommand implements Callable<Integer> {
  private static final int NOT_CLEAN = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--url", required = true, paramLabel = "URL", description = "The webhook.")
  URI url;

  @Option(
      names = "--world",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9901",
      description = "The stub world (default: ${DEFAULT-VALUE}).")
  URI world;

  static final class PaceOption {
    @Option(
        names = "--rate",
        paramLabel = "PER_SECOND",
        description = "Open loop: so many webhooks per second.")
    Double rate;

    @Option(
        names = "--window",
        paramLabel = "N",
        description = "Closed loop: at most N executions under way.")
    Integer window;

    LoadPlan.Pace pace() {
      return rate != null ? new LoadPlan.OpenLoop(rate) : new LoadPlan.ClosedLoop(window);
    }
  }

  @ArgGroup(multiplicity = "1")
  PaceOption pace;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "64",
      description = "At most so many at once (default: ${DEFAULT-VALUE}).")
  int connections;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Load before the measured time (default: ${DEFAULT-VALUE}).")
  double warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "The measured time (default: ${DEFAULT-VALUE}).")
  double seconds;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the last executions (default: ${DEFAULT-VALUE}).")
  double drain;

  @Option(
      names = "--secret",
      paramLabel = "WHSEC",
      description = "Sign as a Standard Webhook with this secret (default: unsigned).")
  Optional<String> secret;

  @Option(
      names = "--duplicates",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of sends that repeat an earlier one word for word (default: 0).")
  double duplicates;

  @Option(
      names = "--body",
      paramLabel = "FILE",
      description = "The body; {id} and {n} in it are replaced (default: a lead).")
  Optional<Path> body;

  @Option(
      names = "--prefix",
      paramLabel = "NAME",
      description = "Ids are NAME-0, NAME-1, … (default: from the time).")
  Optional<String> prefix;

  @Option(
      names = "--watch",
      paramLabel = "NAME=PID",
      description = "Count CPU and memory of a process and its children; may be repeated.")
  Map<String, Long> watch = new LinkedHashMap<>();

  @Option(
      names = "--watch-below",
      paramLabel = "NAME=DIR",
      description =
          "The same for all processes that work in or below a folder, e.g. a database's; may be repeated.")
  Map<String, Path> watchBelow = new LinkedHashMap<>();

  @Option(names = "--label", paramLabel = "TEXT", description = "Copied to the result.")
  Optional<String> label;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = command.commandLine().getErr();
    try {
      LoadResult result =
          new LoadGenerator(plan(), new MachineMeter(watched()), err::println).run();
      Map<String, Object> line = new LinkedHashMap<>();
      label.ifPresent(text -> line.put("label", text));
      line.putAll(result.asMap());
      command.commandLine().getOut().println(json(line));
      return result.isClean() ? 0 : NOT_CLEAN;
    } catch (IOException e) {
      err.println("the stub world at " + world + " does not answer: " + e.getMessage());
      return NOT_CLEAN;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private LoadPlan plan() {
    return new LoadPlan(
        url,
        world,
        pace.pace(),
        duration(warmUp),
        duration(seconds),
        connections,
        secret,
        duplicates,
        template(),
        CallsPerLead.ONE_OF_EACH,
        prefix.orElseGet(LoadPlan::freshPrefix),
        duration(drain),
        LoadPlan.SETTLE);
  }

  private String template() {
    try {
      return body.isPresent() ? Files.readString(body.get()) : LoadPlan.LEAD;
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + body.get() + ": " + e, e);
    }
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private List<Watched> watched() {
    List<Watched> all = new ArrayList<>();
    watch.forEach((name, pid) -> all.add(new Watched.Tree(name, pid)));
    watchBelow.forEach((name, folder) -> all.add(new Watched.Below(name, folder)));
    return all;
  }

  private static String json(Map<String, Object> line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of text and numbers are always JSON", e);
    }
  }
}
