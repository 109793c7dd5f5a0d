package io.penstock.benchmark.machine;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
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

  /** Names by the system's number; empty if the JVM cannot be asked. */
  static Map<Long, String> names(long pid) {
    try {
      return parse(Jcmd.run(pid, "Thread.print"));
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
