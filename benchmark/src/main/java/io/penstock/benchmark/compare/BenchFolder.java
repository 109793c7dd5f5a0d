package io.penstock.benchmark.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of the bench with our folder among its peers, since the bench itself is not ours to write
 * to.
 */
final class BenchFolder {
  private final Path folder;

  private BenchFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * @param bench the real one; a few files, the systems themselves are installed elsewhere
   * @param ours our folder of a peer
   * @throws IllegalStateException if that is no bench
   */
  static BenchFolder copy(Path bench, Path ours, Path folder) throws IOException {
    if (!Files.isRegularFile(bench.resolve("bench.mjs"))) {
      throw new IllegalStateException("there is no bench.mjs in %s; see --bench".formatted(bench));
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(bench)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = folder.resolve(bench.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    Path link = folder.resolve("peers").resolve(Peer.OURS.name());
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, ours);
    }
    return new BenchFolder(folder);
  }

  Path script() {
    return folder.resolve("bench.mjs");
  }

  Path peer(String name) {
    return folder.resolve("peers").resolve(name);
  }
}
