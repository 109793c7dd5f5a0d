package io.penstock.standalone.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of definitions that a process is started with. */
public final class WrittenDefinitions {
  private WrittenDefinitions() {}

  /**
   * @param directory in which the folder is made
   * @param yaml with {@code PORT} wherever that of the outside world belongs
   * @return the folder
   */
  public static Path write(Path directory, String yaml, int port) throws IOException {
    Path definitions = Files.createDirectories(directory.resolve("definitions"));
    Files.writeString(
        definitions.resolve("all.yaml"), yaml.replace("PORT", Integer.toString(port)));
    return definitions;
  }
}
