package io.penstock.standalone.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Definitions in a folder and below it: its {@code .yaml}, {@code .yml} and {@code .json} files.
 */
public final class DefinitionFolder {
  private DefinitionFolder() {}

  /**
   * @return content by path, in the order of the paths
   * @throws StartFailedException if there is no such folder, or nothing in it
   */
  public static Map<String, String> read(Path folder) throws StartFailedException {
    if (!Files.isDirectory(folder)) {
      throw new StartFailedException("there is no folder %s with definitions".formatted(folder));
    }
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(DefinitionFolder::isDefinition).toList()) {
        files.put(file.toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new StartFailedException("cannot read definitions in %s: %s".formatted(folder, e), e);
    }
    if (files.isEmpty()) {
      throw new StartFailedException(
          "there are no definitions (.yaml, .yml, .json) in %s".formatted(folder));
    }
    return files;
  }

  private static boolean isDefinition(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }
}
