package io.penstock.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server beside this process and owned by it, for {@code standalone} and for tests.
 *
 * <p>It listens on 127.0.0.1 only and asks for no password. Everything lies in its data directory,
 * the unpacked server included. A later start on the same directory finds the data again, also
 * after this JVM was killed: the server that then still runs is stopped first.
 *
 * <p>For what can be rebuilt only: a commit is answered before it is on disk. After a crash of the
 * server the last ones may be missing, but nothing is damaged.
 *
 * <p>The category {@code io.zonky.test.db.postgres} carries the server's own output at INFO: set it
 * to WARN, and back when a start fails and the reason is wanted. The server also stops when this
 * JVM ends in an orderly way.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
  private static final String SUPERUSER = "postgres";
  private static final String DATABASE = "postgres";

  private final Path dataDirectory;
  private final DirectoryLock lock;
  private final EmbeddedPostgres server;
  private boolean closed;

  private EmbeddedDatabase(Path dataDirectory, DirectoryLock lock, EmbeddedPostgres server) {
    this.dataDirectory = dataDirectory;
    this.lock = lock;
    this.server = server;
  }

  /** Starts on any free port; see {@link #start(Path, int, Path)}. */
  public static EmbeddedDatabase start(Path dataDirectory) {
    return start(dataDirectory, 0);
  }

  /** Unpacks the server into the data directory; see {@link #start(Path, int, Path)}. */
  public static EmbeddedDatabase start(Path dataDirectory, int port) {
    return start(dataDirectory, port, dataDirectory.resolve("binaries"));
  }

  /**
   * Starts a server and returns when it answers queries.
   *
   * @param dataDirectory created if missing; used by nobody else while the server lives
   * @param port 0 for any free one, see {@link #jdbcUrl()}
   * @param binaries where the server program is unpacked unless it is there already; may be shared,
   *     which saves tests with many data directories most of each start
   * @throws EmbeddedServerException if the port is taken, another live server uses the directory,
   *     it cannot be written to, or PostgreSQL does not start; nothing is left running then
   */
  public static EmbeddedDatabase start(Path dataDirectory, int port, Path binaries) {
    Path directory = dataDirectory.toAbsolutePath().normalize();
    DirectoryLock lock = DirectoryLock.take(directory, "PostgreSQL");
    try {
      EmbeddedPostgres server = start(directory, port, builder(binaries.toAbsolutePath()));
      return new EmbeddedDatabase(directory, lock, server);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e instanceof EmbeddedServerException clear ? clear : refused(directory, e);
    }
  }

  private static EmbeddedPostgres start(Path directory, int port, EmbeddedPostgres.Builder settings)
      throws IOException {
    Path cluster = directory.resolve("cluster");
    LeftoverDatabase.stop(cluster);
    Loopback.closeQuietly(Loopback.listen(port, "PostgreSQL"));
    Path finished = directory.resolve("cluster.finished");
    if (!Files.exists(finished)) {
      // The first start was killed half way; nobody was ever served from what it left.
      Directories.delete(cluster);
    }
    settings
        .setDataDirectory(cluster)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setPGStartupWait(START_LIMIT)
        // The same everywhere, whatever the locale of the machine: text sorts by its bytes.
        .setLocaleConfig("locale", "C");
    DatabaseSettings.all().forEach(settings::setServerConfig);
    try {
      EmbeddedPostgres server = settings.start();
      Files.write(finished, new byte[0]);
      return server;
    } catch (IOException | RuntimeException e) {
      // It may have come up too late.
      LeftoverDatabase.stop(cluster);
      throw e;
    }
  }

  /**
   * The library also creates a directory of its own under /tmp, unless told of another one here.
   */
  private static synchronized EmbeddedPostgres.Builder builder(Path binaries) {
    String key = "ot.epg.working-dir";
    String before = System.setProperty(key, binaries.toString());
    try {
      return EmbeddedPostgres.builder().setOverrideWorkingDirectory(binaries.toFile());
    } finally {
      if (before == null) {
        System.clearProperty(key);
      } else {
        System.setProperty(key, before);
      }
    }
  }

  private static EmbeddedServerException refused(Path directory, Exception e) {
    return new EmbeddedServerException(
        "cannot start PostgreSQL in %s: %s; if the directory holds nothing that you need, delete it and start again"
            .formatted(directory, e),
        e);
  }

  /**
   * Completes when the server's process is gone, also after {@link #close}; never exceptionally.
   *
   * @throws EmbeddedServerException if its process cannot be found
   */
  public CompletionStage<String> ended() {
    Path pidFile = dataDirectory.resolve("cluster").resolve("postmaster.pid");
    try {
      long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      return ProcessHandle.of(pid)
          .<CompletionStage<String>>map(
              process ->
                  process.onExit().thenApply(gone -> "PostgreSQL (process " + pid + ") ended"))
          .orElseGet(() -> CompletableFuture.completedFuture("PostgreSQL ended"));
    } catch (IOException | NumberFormatException e) {
      throw new EmbeddedServerException("cannot read " + pidFile + ": " + e, e);
    }
  }

  /** For a JDBC data source, with {@link #username()} and no password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s".formatted(Loopback.HOST, server.getPort(), DATABASE);
  }

  /** May do everything. */
  public String username() {
    return SUPERUSER;
  }

  /**
   * Stops the server and ends its sessions; a second call does nothing. Returns after about ten
   * seconds at the latest: a server that hangs is stopped by the next start on its directory.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean stopped = Bounded.run("embedded-database-close", CLOSE_LIMIT, this::stopAndRelease);
    if (!stopped) {
      log.atWarn()
          .addKeyValue("dataDirectory", dataDirectory)
          .log("the embedded database did not stop in time and was left behind");
    }
  }

  private void stopAndRelease() {
    try {
      server.close();
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("dataDirectory", dataDirectory)
          .setCause(e)
          .log("the embedded database could not be stopped");
    } finally {
      lock.close();
    }
  }
}
