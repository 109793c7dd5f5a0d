package io.penstock.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new folder for the data of one soak. */
final class SoakFolder implements AutoCloseable {
  private final Path path;
  private boolean kept = true;

  private SoakFolder(Path path) {
    this.path = path;
  }

  static SoakFolder create(Path below) throws IOException {
    return new SoakFolder(
        Files.createTempDirectory(Files.createDirectories(below.toAbsolutePath()), ""));
  }

  Path path() {
    return path;
  }

  /** Nothing in it is of interest: it goes away at the end. Otherwise its logs tell what failed. */
  void dispose() {
    kept = false;
  }

  @Override
  public void close() throws IOException {
    if (kept) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }
}
