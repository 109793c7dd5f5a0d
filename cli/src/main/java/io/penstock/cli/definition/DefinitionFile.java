package io.penstock.cli.definition;

import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A file with definitions. */
final class DefinitionFile {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  private final String name;
  private final byte[] bytes;

  private DefinitionFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /** As the user wrote it, or below the directory that they wrote. */
  String name() {
    return name;
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Reads files, and of directories everything below that ends in .yaml, .yml or .json, in the
   * order of their names. What begins with a dot is skipped there.
   *
   * @throws CliException if there is nothing, or something cannot be read
   */
  static List<DefinitionFile> in(List<Path> places) {
    Set<Path> files = new LinkedHashSet<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        files.addAll(below(place));
      } else {
        files.add(place);
      }
    }
    if (files.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE,
          "no definitions in %s: looked for files that end in %s"
              .formatted(places, String.join(", ", ENDINGS)));
    }
    return files.stream().map(DefinitionFile::read).toList();
  }

  private static List<Path> below(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !isHidden(directory.relativize(file)))
          .filter(file -> ENDINGS.stream().anyMatch(lowerCase(file)::endsWith))
          .sorted()
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new CliException(
          ExitCode.USAGE, "cannot read directory %s: %s".formatted(directory, e.getMessage()));
    }
  }

  private static boolean isHidden(Path below) {
    for (Path part : below) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static String lowerCase(Path file) {
    return file.toString().toLowerCase(Locale.ROOT);
  }

  private static DefinitionFile read(Path file) {
    try {
      return new DefinitionFile(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE,
          "cannot read %s: %s"
              .formatted(file, Files.exists(file) ? e.getMessage() : "no such file"));
    }
  }
}
