package io.penstock.standalone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code penstock dev} in a process of its own, as a user starts it; to be killed at will. */
public final class PenstockProcess implements AutoCloseable {
  private static final Path APPLICATION = Path.of("target/quarkus-app/quarkus-run.jar");
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  private final Process process;
  private final int port;
  private final Path log;

  /** More than {@code dev}'s own, so that what goes from one partition to another is tried too. */
  private static final int PARTITIONS = 4;

  private PenstockProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts and waits until health says that it is ready: a webhook is accepted from then on. */
  public static PenstockProcess start(Path data, Path definitions, Map<String, String> environment)
      throws IOException {
    assertThat(APPLICATION).as("built by the package phase").exists();
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Xmx1g");
    command.addAll(List.of("-jar", APPLICATION.toString(), "dev"));
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(List.of("--kafka-port", Integer.toString(freePort())));
    command.addAll(List.of("--data", data.toString()));
    if (!Files.exists(data)) { // one that is there says itself how many it has
      command.addAll(List.of("--partitions", Integer.toString(PARTITIONS)));
    }
    command.addAll(List.of("--definitions", definitions.toString()));
    Path log = Files.createTempFile(data.getParent(), "dev", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    PenstockProcess started = new PenstockProcess(builder.start(), port, log);
    Awaitility.await()
        .atMost(READY_WITHIN)
        .failFast(() -> assertThat(started.process.isAlive()).as(started.output()).isTrue())
        .until(started::isReady);
    return started;
  }

  private boolean isReady() throws IOException {
    HttpURLConnection health =
        (HttpURLConnection) URI.create(url("/q/health/ready")).toURL().openConnection();
    try {
      return health.getResponseCode() == 200;
    } catch (ConnectException e) {
      return false;
    } finally {
      health.disconnect();
    }
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** SIGKILL to the whole: broker, services, all but PostgreSQL are in this process. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public String output() throws IOException {
    return Files.readString(log, UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("penstock dev did not stop within 30 s of SIGTERM");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
