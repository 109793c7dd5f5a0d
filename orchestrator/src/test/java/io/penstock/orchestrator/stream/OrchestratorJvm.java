package io.penstock.orchestrator.stream;

import io.penstock.schema.kafka.DefinitionFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An orchestrator in a process of its own, to be killed without a chance to commit. */
final class OrchestratorJvm implements AutoCloseable {
  private final Process process;

  private OrchestratorJvm(Process process) {
    this.process = process;
  }

  private static final Duration SESSION = Duration.ofSeconds(6);

  static OrchestratorJvm start(
      String bootstrapServers, Path stateDir, Duration commitInterval, Path log)
      throws IOException {
    return start(bootstrapServers, stateDir, commitInterval, SESSION, Optional.empty(), log);
  }

  static OrchestratorJvm start(
      String bootstrapServers,
      Path stateDir,
      Duration commitInterval,
      Duration session,
      Optional<String> instance,
      Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(OrchestratorJvm.class.getName());
    command.add(bootstrapServers);
    command.add(stateDir.toString());
    command.add(commitInterval.toString());
    command.add(session.toString());
    instance.ifPresent(command::add);
    return new OrchestratorJvm(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  /** SIGKILL, as by the kernel. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  static OrchestratorStreams.Settings settings(
      String bootstrapServers, String stateDir, Duration commitInterval) {
    return settings(bootstrapServers, stateDir, commitInterval, SESSION, Optional.empty());
  }

  private static OrchestratorStreams.Settings settings(
      String bootstrapServers,
      String stateDir,
      Duration commitInterval,
      Duration session,
      Optional<String> instance) {
    return new OrchestratorStreams.Settings(
        bootstrapServers,
        stateDir,
        1,
        (short) 1,
        1,
        0,
        commitInterval,
        Duration.ZERO,
        session,
        Duration.ofSeconds(10),
        instance);
  }

  public static void main(String[] args) throws InterruptedException {
    // As a service does: a killed reader keeps its name until its session has expired.
    String reader = "orchestrator-child-" + ProcessHandle.current().pid();
    DefinitionFeed feed = new DefinitionFeed(args[0], reader, changed -> {});
    if (!feed.awaitCaughtUp(Duration.ofSeconds(30))) {
      throw new IllegalStateException("no definitions");
    }
    OrchestratorStreams.start(
        settings(
            args[0],
            args[1],
            Duration.parse(args[2]),
            Duration.parse(args[3]),
            args.length > 4 ? Optional.of(args[4]) : Optional.empty()),
        (name, version) -> feed.index().workflow(name, version),
        StreamObserver.BLIND);
    Thread.currentThread().join();
  }
}
