package io.penstock.soak.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the processes of a member take together. Elsewhere than on Linux all of it is 0.
 *
 * @param pssMib proportional set size: memory that processes share counts for each by its part
 * @param files open files and connections
 */
public record ProcessFigures(double pssMib, long files) {
  private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
  private static final double KIB_PER_MIB = 1024;

  public static ProcessFigures of(List<ProcessHandle> processes) {
    long kib = 0;
    long files = 0;
    for (ProcessHandle process : processes) {
      Path folder = Path.of("/proc", Long.toString(process.pid()));
      kib += pssKib(folder);
      files += files(folder);
    }
    return new ProcessFigures(kib / KIB_PER_MIB, files);
  }

  private static long pssKib(Path process) {
    try {
      return pssKib(Files.readString(process.resolve("smaps_rollup")));
    } catch (IOException e) {
      return 0; // it has just ended
    }
  }

  static long pssKib(String smapsRollup) {
    Matcher line = PSS.matcher(smapsRollup);
    return line.find() ? Long.parseLong(line.group(1)) : 0;
  }

  private static long files(Path process) {
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      return open.count();
    } catch (IOException e) {
      return 0;
    }
  }
}
