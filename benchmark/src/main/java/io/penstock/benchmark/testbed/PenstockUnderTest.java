package io.penstock.benchmark.testbed;

import io.penstock.benchmark.component.ComponentCost;
import io.penstock.benchmark.load.LoadResult;
import io.penstock.benchmark.machine.MachineMeter;
import io.penstock.benchmark.machine.Watched;
import io.penstock.benchmark.workload.Workload;
import io.penstock.benchmark.workload.WorkloadFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** {@code penstock dev} as a user starts it, on data of its own. */
public final class PenstockUnderTest implements AutoCloseable {
  /** Its name among {@link #watched()}. */
  static final String JVM = "penstock";

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration ASK_EVERY = Duration.ofMillis(20);

  private final Process process;
  private final int port;
  private final int kafkaPort;
  private final Path data;
  private final Path output;
  private final long begunNanos;
  private final HttpClient client = HttpClient.newHttpClient();

  private PenstockUnderTest(
      Process process, int port, int kafkaPort, Path data, Path output, long begunNanos) {
    this.process = process;
    this.port = port;
    this.kafkaPort = kafkaPort;
    this.data = data;
    this.output = output;
    this.begunNanos = begunNanos;
    // Who ends this program must not leave the other one behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /**
   * Starts and returns at once.
   *
   * @param home where {@code ./penstock} stands
   * @param folder for everything that it writes
   * @param workload whose definitions it has from the start
   * @param world the stub world's address
   * @param settings further environment
   */
  public static PenstockUnderTest start(
      Path home, Path folder, Workload workload, String world, Map<String, String> settings)
      throws IOException {
    return start(
        home,
        folder,
        WorkloadFiles.write(workload, folder.resolve("definitions"), world),
        settings);
  }

  /**
   * Likewise.
   *
   * @param definitions a folder of them
   */
  public static PenstockUnderTest start(
      Path home, Path folder, Path definitions, Map<String, String> settings) throws IOException {
    int port = freePort();
    int kafkaPort = freePort();
    Path output = folder.resolve("penstock.out");
    Path data = folder.resolve("data");
    ProcessBuilder builder =
        new ProcessBuilder(
                home.resolve("penstock").toString(),
                "dev",
                "--port",
                Integer.toString(port),
                "--kafka-port",
                Integer.toString(kafkaPort),
                "--data",
                data.toString(),
                "--definitions",
                definitions.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(settings);
    long begun = System.nanoTime();
    return new PenstockUnderTest(builder.start(), port, kafkaPort, data, output, begun);
  }

  /**
   * How long the start took.
   *
   * @param ready until the health endpoint says so
   * @param firstAccepted until a webhook was answered 2xx
   */
  public record StartTimes(Duration ready, Duration firstAccepted) {}

  /**
   * Waits until a webhook is accepted.
   *
   * @param body of that webhook, JSON
   */
  public StartTimes awaitStarted(String body) throws InterruptedException {
    return awaitStarted(body, START_LIMIT);
  }

  /** Waits so long at most. */
  public StartTimes awaitStarted(String body, Duration limit) throws InterruptedException {
    Duration ready = awaitSuccess(HttpRequest.newBuilder(url("/q/health/ready")).build(), limit);
    Duration accepted =
        awaitSuccess(
            HttpRequest.newBuilder(webhook())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            limit);
    return new StartTimes(ready, accepted);
  }

  private Duration awaitSuccess(HttpRequest request, Duration limit) throws InterruptedException {
    while (!succeeds(request)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("penstock ended while it started: " + said());
      }
      if (sinceBegin().compareTo(limit) > 0) {
        throw new IllegalStateException(
            "%s did not succeed within %s: %s".formatted(request.uri(), limit, said()));
      }
      Thread.sleep(ASK_EVERY);
    }
    return sinceBegin();
  }

  private boolean succeeds(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException e) {
      return false; // nobody listens yet
    }
  }

  public Duration sinceBegin() {
    return Duration.ofNanos(System.nanoTime() - begunNanos);
  }

  private String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI webhook() {
    return url("/webhooks/lead");
  }

  /** Its process, a JVM. */
  public long pid() {
    return process.pid();
  }

  /** What an execution of a load cost, by component; empty if none ended in the measured time. */
  public static Optional<ComponentCost> costOf(LoadResult result) {
    return result.executionsInTime() == 0
        ? Optional.empty()
        : Optional.of(ComponentCost.of(result.use(), JVM, result.executionsInTime()));
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + kafkaPort;
  }

  /** Everything that it starts. */
  public List<Watched> watched() {
    return List.of(new Watched.Tree(JVM, process.pid()), database());
  }

  /** For all that it starts, and its threads. */
  public MachineMeter meter() {
    return new MachineMeter(watched(), OptionalLong.of(process.pid()));
  }

  private Watched database() {
    return new Watched.Below("postgresql", data.resolve("database"));
  }

  /** Stops it as Ctrl-C does. */
  @Override
  public void close() throws InterruptedException {
    client.close();
    process.destroy();
    if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
    // The database outlives a penstock that had to be killed.
    database().pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
