package io.penstock.soak.installation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A server in a JVM of its own. */
final class JvmServer implements Server {
  /**
   * For many JVMs on few cores: one compiler, one thread that collects. What is said before the log
   * is set up goes to the log's file too.
   */
  private static final List<String> SMALL =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED");

  /**
   * How it is started.
   *
   * @param options of the JVM, memory among them
   * @param log appended to
   */
  record Launch(
      List<String> options,
      String classPath,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {}

  private final Launch launch;
  private final BooleanSupplier ready;
  private final Guard guard;
  private volatile Optional<Process> process = Optional.empty();

  JvmServer(Launch launch, BooleanSupplier ready, Guard guard) {
    this.launch = launch;
    this.ready = ready;
    this.guard = guard;
  }

  @Override
  public void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL);
    command.addAll(launch.options());
    command.addAll(List.of("-cp", launch.classPath(), launch.mainClass()));
    command.addAll(launch.arguments());
    File log = launch.log().toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().putAll(launch.environment());
    Process started = builder.start();
    guard.guard(started.toHandle());
    process = Optional.of(started);
  }

  @Override
  public List<ProcessHandle> processes() {
    return process.map(Process::toHandle).filter(ProcessHandle::isAlive).stream().toList();
  }

  @Override
  public boolean isReady() {
    return !processes().isEmpty() && ready.getAsBoolean();
  }
}
