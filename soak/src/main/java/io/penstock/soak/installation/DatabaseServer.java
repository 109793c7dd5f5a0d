package io.penstock.soak.installation;

import io.penstock.embedded.EmbeddedDatabase;
import io.penstock.embedded.EmbeddedServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PostgreSQL, which is no JVM: its own program, with a process for each connection. */
final class DatabaseServer implements Server {
  /** What a killed one leaves in the kernel goes away with the last of its processes. */
  private static final int TRIES = 20;

  private final Path folder;
  private final Path binaries;
  private final int port;
  private final Guard guard;
  private volatile Optional<EmbeddedDatabase> running = Optional.empty();
  private volatile Optional<ProcessHandle> postmaster = Optional.empty();

  DatabaseServer(Path folder, Path binaries, int port, Guard guard) {
    this.folder = folder;
    this.binaries = binaries;
    this.port = port;
    this.guard = guard;
  }

  @Override
  public synchronized void start() throws IOException {
    forget(); // one that was killed
    EmbeddedServerException last = null;
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        running = Optional.of(EmbeddedDatabase.start(folder, port, binaries));
        postmaster = pid().flatMap(ProcessHandle::of);
        if (postmaster.isPresent()) {
          guard.guard(postmaster.get());
        }
        return;
      } catch (EmbeddedServerException e) {
        last = e;
      }
    }
    throw new IOException(last);
  }

  private Optional<Long> pid() throws IOException {
    Path file = folder.resolve("cluster").resolve("postmaster.pid");
    return Files.exists(file)
        ? Optional.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
        : Optional.empty();
  }

  @Override
  public List<ProcessHandle> processes() {
    List<ProcessHandle> all = new ArrayList<>();
    postmaster
        .filter(ProcessHandle::isAlive)
        .ifPresent(
            process -> {
              all.add(process);
              process.descendants().forEach(all::add);
            });
    return all;
  }

  @Override
  public boolean isReady() {
    return !processes().isEmpty() && Probe.listens(port);
  }

  /** Its lock on the folder would keep the next one out. */
  @Override
  public synchronized void forget() {
    running.ifPresent(EmbeddedDatabase::close);
    running = Optional.empty();
    postmaster = Optional.empty();
  }
}
