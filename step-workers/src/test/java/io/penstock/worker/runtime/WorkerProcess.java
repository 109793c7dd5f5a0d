package io.penstock.worker.runtime;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.StepKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker in a JVM of its own, which may end at any moment. */
final class WorkerProcess implements AutoCloseable {
  private final Process process;

  private WorkerProcess(Process process) {
    this.process = process;
  }

  /**
   * @param behaviour {@code crash}: ends hard in the middle of each call; {@code work}: succeeds
   */
  static WorkerProcess start(String bootstrapServers, String name, String behaviour)
      throws IOException {
    return new WorkerProcess(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WorkerProcess.class.getName(),
                    bootstrapServers,
                    name,
                    behaviour))
            .inheritIO()
            .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }

  /** In the other JVM. */
  public static void main(String[] arguments) throws InterruptedException {
    boolean crashes = arguments[2].equals("crash");
    WorkerWorld.workers(
        arguments[0],
        arguments[1],
        4,
        new FakeHandler(
            StepKind.ENRICH,
            attempt -> {
              if (crashes) {
                Runtime.getRuntime().halt(1);
              }
              return AttemptResult.succeeded(Json.EMPTY_OBJECT);
            }));
    Thread.currentThread().join();
  }
}
