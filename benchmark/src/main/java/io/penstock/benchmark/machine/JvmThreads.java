package io.penstock.benchmark.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The threads of a JVM by name. Linux keeps only 15 characters of a name, too few to tell one
 * producer from another, so the JVM is asked.
 */
final class JvmThreads {
  /** A line of {@code jcmd PID Thread.print}: the name, and the thread's number in the system. */
  private static final Pattern THREAD = Pattern.compile("(?m)^\"(.*)\" .*?\\bnid=(0x)?([0-9a-f]+)");

  private static final int HEX = 16;

  private JvmThreads() {}

  /** Names by the system's number; empty if there is no {@code jcmd} beside the JVM's launcher. */
  static Map<Long, String> names(long pid) {
    Optional<Path> jcmd =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().command())
            .map(java -> Path.of(java).resolveSibling("jcmd"))
            .filter(Files::isExecutable);
    if (jcmd.isEmpty()) {
      return Map.of();
    }
    try {
      Process asking =
          new ProcessBuilder(jcmd.get().toString(), Long.toString(pid), "Thread.print")
              .redirectErrorStream(true)
              .start();
      String dump = new String(asking.getInputStream().readAllBytes(), UTF_8);
      return asking.waitFor() == 0 ? parse(dump) : Map.of();
    } catch (IOException e) {
      return Map.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  static Map<Long, String> parse(String dump) {
    Map<Long, String> names = new HashMap<>();
    Matcher thread = THREAD.matcher(dump);
    while (thread.find()) {
      names.put(
          Long.parseLong(thread.group(3), thread.group(2) == null ? 10 : HEX), thread.group(1));
    }
    return names;
  }
}
