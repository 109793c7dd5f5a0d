package io.penstock.benchmark.compare;

import io.penstock.benchmark.machine.MemoryUse;
import io.penstock.benchmark.machine.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One start of one peer under the bench. */
final class BenchRun {
  private static final Duration MEMORY_EVERY = Duration.ofSeconds(5);

  /** The bench's own processes, which are no part of what it measures. */
  private static final List<String> TOOLS = List.of("bench.mjs", "stub.mjs", "load.mjs");

  private final BenchFolder bench;
  private final CompareOptions options;

  BenchRun(BenchFolder bench, CompareOptions options) {
    this.bench = bench;
    this.options = options;
  }

  /**
   * Runs it to its end.
   *
   * @param lines where the bench appends its results
   * @return the largest proportional set size of the peer, MiB; the bench itself adds up resident
   *     sizes, in which pages that processes share count several times
   */
  double measure(Peer peer, Path lines) throws IOException, InterruptedException {
    Process process =
        start(
            List.of(
                "node",
                bench.script().toString(),
                peer.name(),
                options.phases,
                "--rate",
                Integer.toString(options.rate),
                "--warmup",
                Integer.toString(options.warmUp),
                "--seconds",
                Integer.toString(options.seconds),
                "--connections",
                "32",
                "--window",
                Integer.toString(peer.window()),
                "--out",
                lines.toString()));
    double peak = 0;
    try {
      while (!process.waitFor(MEMORY_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, MemoryUse.pssMib(withoutTools(process.pid())));
      }
    } finally {
      process.destroy();
    }
    return peak;
  }

  /**
   * Installs a peer as the bench does, unless that was done before.
   *
   * @return whether it can be started
   */
  boolean install(Peer peer) throws IOException, InterruptedException {
    Path done = options.home.resolve(peer.name() + ".installed");
    if (Files.exists(done)) {
      return true;
    }
    Path script = bench.peer(peer.name()).resolve("install.sh");
    if (!Files.exists(script) || start(List.of(script.toString())).waitFor() != 0) {
      return false;
    }
    Files.createFile(done);
    return true;
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    String java = System.getProperty("java.home");
    environment.put("PEERS_HOME", options.home.toAbsolutePath().toString());
    environment.putIfAbsent("JAVA21_HOME", java);
    return builder.start();
  }

  private static Set<Long> withoutTools(long root) {
    Set<Long> pids = new Watched.Tree("bench", root).pids();
    pids.removeIf(pid -> pid == root || TOOLS.stream().anyMatch(commandOf(pid)::contains));
    return pids;
  }

  private static String commandOf(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().commandLine()).orElse("");
  }
}
