package io.penstock.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM with the same class path, to be killed at any moment. */
final class ChildJvm implements AutoCloseable {

  private final Process child;
  private final BufferedReader output;

  private ChildJvm(Process child) {
    this.child = child;
    this.output = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8));
  }

  static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits for a line that begins so, and returns the rest of it. */
  String awaitLine(String beginning) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
      seen.add(line);
    }
    throw new AssertionError("the child ended without saying '" + beginning + "'; it said " + seen);
  }

  /** What it has said and not yet been asked for, once it is dead. */
  List<String> remainingLines() throws IOException {
    return output.lines().toList();
  }

  /** Waits until it has ended by itself. */
  void awaitEnd() {
    child.onExit().orTimeout(40, TimeUnit.SECONDS).join();
  }

  /** SIGKILL: no shutdown hook, no finally. */
  void kill() {
    // By its handle: Process.destroyForcibly would close the streams that we still want to read.
    child.toHandle().destroyForcibly();
    child.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }
}
