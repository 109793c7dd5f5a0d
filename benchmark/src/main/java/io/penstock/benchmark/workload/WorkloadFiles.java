package io.penstock.benchmark.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A workload's definitions as files, with the address of the stub world that they are to call. */
public final class WorkloadFiles {
  private static final String STUB = "/stub.yaml";
  private static final String WORLD_IN_DEFINITIONS = "http://127.0.0.1:9901";

  private WorkloadFiles() {}

  /**
   * Writes them.
   *
   * @param folder made here
   * @param world the stub world's address
   * @return the folder
   */
  public static Path write(Workload workload, Path folder, String world) throws IOException {
    Files.createDirectories(folder);
    List<String> files = Stream.concat(Stream.of(STUB), workload.definitions().stream()).toList();
    for (String file : files) {
      String name = file.substring(file.lastIndexOf('/') + 1);
      Files.writeString(folder.resolve(name), text(file).replace(WORLD_IN_DEFINITIONS, world));
    }
    return folder;
  }

  /** A file on the class path. */
  public static String text(String file) throws IOException {
    try (InputStream in = WorkloadFiles.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
