package io.penstock.embedded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few megabytes, in memory; with a ballast, to be dropped when it is full. */
final class SmallDisk implements AutoCloseable {
  private static final int MEBIBYTE = 1 << 20;

  private final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  /** Skips the test where mounting is not permitted. */
  static SmallDisk mount(Path place, int mebibytes) throws IOException, InterruptedException {
    Files.createDirectories(place);
    assumeTrue(
        succeeds(
            "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", place.toString()),
        "a full disk is not tested here: 'mount -t tmpfs' is not permitted (it takes root)");
    return new SmallDisk(place);
  }

  void load(int mebibytes) throws IOException {
    Files.write(ballast(), new byte[mebibytes * MEBIBYTE]);
  }

  void drop() throws IOException {
    Files.delete(ballast());
  }

  Path folder() {
    return place.resolve("data");
  }

  private Path ballast() {
    return place.resolve("ballast");
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  @Override
  public void close() throws InterruptedException {
    // Lazily: whoever still has a file open there keeps it, and nobody else.
    if (!succeeds("umount", "-l", place.toString())) {
      throw new IllegalStateException("cannot unmount " + place);
    }
  }
}
