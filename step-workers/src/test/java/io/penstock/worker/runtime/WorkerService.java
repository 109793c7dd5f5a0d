package io.penstock.worker.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service as it was packaged, in a JVM of its own. */
final class WorkerService implements AutoCloseable {
  private static final Path APPLICATION = Path.of("target/quarkus-app/quarkus-run.jar");

  private final Process process;
  private final Path log;

  private WorkerService(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Does not wait for anything.
   *
   * @param log file for what it says
   */
  static WorkerService start(Map<String, String> environment, Path log) throws IOException {
    assertThat(APPLICATION).as("built by the package phase").exists();
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                    "-jar",
                    APPLICATION.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new WorkerService(builder.start(), log);
  }

  void assertAlive() throws IOException {
    assertThat(process.isAlive()).as(Files.readString(log, UTF_8)).isTrue();
  }

  /** SIGKILL: nothing here is of use to anybody afterwards. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
