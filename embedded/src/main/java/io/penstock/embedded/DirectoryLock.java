package io.penstock.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a data directory to one owner. The system releases it when its holder dies, however it
 * dies.
 */
final class DirectoryLock implements AutoCloseable {

  /**
   * Asked before the file is opened: closing any channel of a file gives up the lock that this JVM
   * holds on it through another one, so a refused second owner would expose the first.
   */
  private static final Set<Path> HELD_IN_THIS_JVM = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * @param directory created if missing
   * @param server who wants it, for the error message
   * @throws EmbeddedServerException if another live owner, in this JVM or another, has it
   */
  static DirectoryLock take(Path directory, String server) {
    try {
      Path real = Files.createDirectories(directory).toRealPath();
      if (!HELD_IN_THIS_JVM.add(real)) {
        throw inUse(directory, server);
      }
      FileChannel channel = locked(real);
      if (channel == null) {
        HELD_IN_THIS_JVM.remove(real);
        throw inUse(directory, server);
      }
      return new DirectoryLock(real, channel);
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot start %s in %s: %s; choose a directory that can be written to"
              .formatted(server, directory, e),
          e);
    }
  }

  /** Null if another JVM has it. */
  private static FileChannel locked(Path directory) throws IOException {
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      return lock == null ? null : channel;
    } catch (IOException e) {
      HELD_IN_THIS_JVM.remove(directory);
      throw e;
    } finally {
      if (lock == null && channel != null) {
        channel.close();
      }
    }
  }

  private static EmbeddedServerException inUse(Path directory, String server) {
    return new EmbeddedServerException(
        "cannot start %s in %s: another live server uses this directory; stop it or choose another directory"
            .formatted(server, directory));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Nothing was written through it, and the lock ends with the JVM at the latest.
    } finally {
      HELD_IN_THIS_JVM.remove(directory);
    }
  }
}
