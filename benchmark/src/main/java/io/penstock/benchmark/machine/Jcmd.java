package io.penstock.benchmark.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks a JVM of the same user, by the tool of its own JDK. */
public final class Jcmd {
  private Jcmd() {}

  /**
   * @return what it says
   * @throws IOException if there is no such tool beside the JVM's launcher, or it refuses
   */
  public static String run(long pid, String... command) throws IOException, InterruptedException {
    Path jcmd =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().command())
            .map(java -> Path.of(java).resolveSibling("jcmd"))
            .filter(Files::isExecutable)
            .orElseThrow(() -> new IOException("process %d has no jcmd beside it".formatted(pid)));
    List<String> all = new ArrayList<>(List.of(jcmd.toString(), Long.toString(pid)));
    all.addAll(List.of(command));
    Process asking = new ProcessBuilder(all).redirectErrorStream(true).start();
    String answer = new String(asking.getInputStream().readAllBytes(), UTF_8);
    if (asking.waitFor() != 0) {
      throw new IOException("%s: %s".formatted(String.join(" ", all), answer));
    }
    return answer;
  }
}
