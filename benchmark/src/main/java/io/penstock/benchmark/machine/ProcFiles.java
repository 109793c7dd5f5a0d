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
    List<Long> pids = new ArrayList<>();
    if (Files.isDirectory(PROC)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
        entries.forEach(entry -> pids.add(Long.parseLong(entry.getFileName().toString())));
      } catch (IOException e) {
        throw new IllegalStateException("cannot list " + PROC + ": " + e, e);
      }
    }
    return pids;
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
