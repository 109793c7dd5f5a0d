package io.penstock.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The data of one demo: a new folder below {@code .penstock/demo}, gone at the end. */
final class DemoFolder implements AutoCloseable {
  private final Path path;
  private boolean kept;

  private DemoFolder(Path path) {
    this.path = path;
  }

  static DemoFolder create(Path below) throws IOException {
    Files.createDirectories(below);
    return new DemoFolder(Files.createTempDirectory(below.toAbsolutePath(), ""));
  }

  Path path() {
    return path;
  }

  /** Leaves it there, e.g. since its log tells why something failed. */
  void keep() {
    kept = true;
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
