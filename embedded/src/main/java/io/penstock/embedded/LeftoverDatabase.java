package io.penstock.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server whose JVM was killed: it is a program of its own and goes on without it. The
 * lock of the directory is ours, so nobody has a use for it, and it stands in the way of the next.
 *
 * <p>It is found by the number that it wrote into its data directory. The system may have given
 * that number to another program since, so it is only touched if it is a postgres of this
 * directory.
 */
final class LeftoverDatabase {

  private static final Logger log = LoggerFactory.getLogger(LeftoverDatabase.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** PostgreSQL's "fast": ends its sessions, writes everything down. */
  private static final String FAST = "INT";

  /** PostgreSQL's "immediate": ends at once, recovers with the next start. */
  private static final String IMMEDIATE = "QUIT";

  private LeftoverDatabase() {}

  /**
   * @param cluster PostgreSQL's own data directory
   * @throws EmbeddedServerException if one is there and does not go away
   */
  static void stop(Path cluster) {
    Path pidFile = cluster.resolve("postmaster.pid");
    try {
      Optional<ProcessHandle> leftover = recorded(pidFile).filter(it -> serves(it, cluster));
      if (leftover.isPresent()) {
        stop(leftover.get(), cluster);
      }
      // Stale now. PostgreSQL would refuse to start if the number lives again in another program.
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot read or remove %s: %s".formatted(pidFile, e), e);
    }
  }

  private static Optional<ProcessHandle> recorded(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
  }

  private static boolean serves(ProcessHandle candidate, Path cluster) {
    ProcessHandle.Info info = candidate.info();
    boolean postgres =
        info.command().map(Path::of).filter(it -> it.endsWith("postgres")).isPresent();
    boolean ofThisDirectory =
        info.arguments().filter(all -> Arrays.asList(all).contains(cluster.toString())).isPresent();
    return postgres && ofThisDirectory;
  }

  private static void stop(ProcessHandle leftover, Path cluster) throws IOException {
    log.atInfo()
        .addKeyValue("pid", leftover.pid())
        .addKeyValue("dataDirectory", cluster)
        .log("stopping the database that a killed predecessor left behind");
    if (!ended(leftover, FAST) && !ended(leftover, IMMEDIATE)) {
      throw new EmbeddedServerException(
          "cannot start PostgreSQL in %s: the one that a killed predecessor left behind does not stop; end process %d and start again"
              .formatted(cluster, leftover.pid()));
    }
  }

  private static boolean ended(ProcessHandle leftover, String signal) throws IOException {
    // Java can send TERM and KILL only: the one waits for sessions, the other leaves children.
    new ProcessBuilder("kill", "-" + signal, String.valueOf(leftover.pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      leftover.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for process " + leftover.pid() + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
