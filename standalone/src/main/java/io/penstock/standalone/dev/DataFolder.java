package io.penstock.standalone.dev;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder of all data: its owner's only, since a local PostgreSQL trusts whoever reaches it. */
final class DataFolder {
  private DataFolder() {}

  /** Creates it if it is missing; one that is there keeps its permissions. */
  static void create(Path folder) throws StartFailedException {
    try {
      Files.createDirectories(folder, ownersOnly());
    } catch (IOException e) {
      throw new StartFailedException(
          "cannot create the data folder %s: %s".formatted(folder, e), e);
    }
  }

  private static FileAttribute<?>[] ownersOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
