package io.penstock.benchmark.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.benchmark.machine.Jcmd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recording of the JVM's Flight Recorder that is under way in another process. */
final class Recording implements AutoCloseable {
  private static final String NAME = "penstock-benchmark";

  /**
   * CPU time of Java and of native code where the JVM can sample it (25 and later, Linux); else
   * samples of threads that are running. A JVM that does not know a setting ignores it.
   */
  private static final String SETTINGS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <configuration version="2.0">
        <event name="jdk.CPUTimeSample"><setting name="enabled">true</setting><setting name="throttle">10ms</setting></event>
        <event name="jdk.ExecutionSample"><setting name="enabled">true</setting><setting name="period">10 ms</setting></event>
        <event name="jdk.ObjectAllocationSample"><setting name="enabled">true</setting><setting name="throttle">500/s</setting><setting name="stackTrace">true</setting></event>
        <event name="jdk.GarbageCollection"><setting name="enabled">true</setting></event>
      </configuration>
      """;

  private final long pid;
  private final Path file;

  private Recording(long pid, Path file) {
    this.pid = pid;
    this.file = file;
  }

  static Recording begin(long pid, Path file) throws IOException, InterruptedException {
    Path settings = Files.createTempFile("penstock-benchmark", ".jfc");
    try {
      Files.write(settings, SETTINGS.getBytes(UTF_8));
      Jcmd.run(pid, "JFR.start", "name=" + NAME, "settings=" + settings);
    } finally {
      Files.delete(settings);
    }
    return new Recording(pid, file);
  }

  /** Ends it and writes the file. */
  @Override
  public void close() throws IOException, InterruptedException {
    Jcmd.run(pid, "JFR.stop", "name=" + NAME, "filename=" + file);
  }
}
