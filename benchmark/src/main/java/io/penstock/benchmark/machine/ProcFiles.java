package io.penstock.benchmark.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Linux tells about processes. A process may end at any moment: then there is nothing to tell,
 * which is no error. Elsewhere than on Linux there never is.
 */
final class ProcFiles {
  private static final Path PROC = Path.of("/proc");

  private ProcFiles() {}

  static List<Long> pids() {
    try {
      return Files.isDirectory(PROC) ? numbers(PROC) : List.of();
    } catch (IOException e) {
      throw new IllegalStateException("cannot list " + PROC + ": " + e, e);
    }
  }

  static List<Long> threads(long pid) {
    try {
      return numbers(PROC.resolve(pid + "/task"));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Long> numbers(Path folder) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[0-9]*")) {
      entries.forEach(entry -> numbers.add(Long.parseLong(entry.getFileName().toString())));
    }
    return numbers;
  }

  static Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(PROC.resolve(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<String> read(long pid, String file) {
    return read(pid + "/" + file);
  }

  /** The current folder of a process. */
  static Optional<Path> workingDirectory(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(PROC.resolve(pid + "/cwd")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
