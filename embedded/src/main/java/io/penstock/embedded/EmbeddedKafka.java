package io.penstock.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker (and its controller) in this process, for {@code standalone} and for tests.
 *
 * <p>It listens on 127.0.0.1 only, creates no topic by itself, and keeps everything in its data
 * directory: a later start on the same directory finds topics, records and group offsets again,
 * also after SIGKILL. What was acknowledged survives the death of this process; as with any Kafka
 * broker without a second replica, the last records may not survive the death of the machine.
 *
 * <p>Kafka logs a lot. Set the categories {@code kafka}, {@code org.apache.kafka} and {@code
 * state.change.logger} to WARN and {@code org.apache.kafka.controller.QuorumController} to ERROR;
 * with Quarkus: {@code quarkus.log.category."kafka".level=WARN} and so on.
 *
 * <p>When the data directory becomes unreadable or the disk is full, Kafka ends the JVM itself.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final Path dataDirectory;
  private final DirectoryLock lock;
  private final BrokerNode node;
  private final BrokerFaults faults;
  private final int port;
  private final OptionalInt portBehindDetour;
  private boolean closed;

  private EmbeddedKafka(
      Path dataDirectory,
      DirectoryLock lock,
      BrokerNode node,
      BrokerFaults faults,
      BrokerSockets sockets) {
    this.dataDirectory = dataDirectory;
    this.lock = lock;
    this.node = node;
    this.faults = faults;
    this.port = sockets.clientPort();
    this.portBehindDetour =
        sockets.detour().map(detour -> OptionalInt.of(detour.port())).orElse(OptionalInt.empty());
  }

  /** Starts on any free port; see {@link #start(Path, int)}. */
  public static EmbeddedKafka start(Path dataDirectory) {
    return start(dataDirectory, 0);
  }

  /**
   * Starts a broker and returns when it serves clients. A start that makes no progress is given up
   * after a minute.
   *
   * @param dataDirectory created if missing; used by nobody else while the broker lives
   * @param port for clients; 0 for any free one, see {@link #bootstrapServers()}
   * @throws EmbeddedServerException if the port is taken, another live server uses the directory,
   *     it cannot be written to, or Kafka refuses its content; nothing is left running then
   */
  public static EmbeddedKafka start(Path dataDirectory, int port) {
    return start(dataDirectory, port, OptionalInt.empty());
  }

  /**
   * Starts a broker that can be reached by a detour, too: a proxy, which passes on to {@link
   * #portBehindDetour()}. A broker tells its clients where to find it; those who came by the detour
   * are told to go on by it. Everybody else, and the broker itself, goes straight.
   *
   * @param port for clients who go straight; 0 for any free one
   * @param detour port of the proxy, on this machine
   */
  public static EmbeddedKafka startWithDetour(Path dataDirectory, int port, int detour) {
    return start(dataDirectory, port, OptionalInt.of(detour));
  }

  private static EmbeddedKafka start(Path dataDirectory, int port, OptionalInt detour) {
    Path directory = dataDirectory.toAbsolutePath().normalize();
    DirectoryLock lock = DirectoryLock.take(directory, "Kafka");
    try {
      return start(directory, BrokerSockets.listen(port, detour), lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedKafka start(Path directory, BrokerSockets sockets, DirectoryLock lock) {
    BrokerNode node = null;
    try {
      BrokerFaults faults = new BrokerFaults();
      node = new BrokerNode(BrokerStorage.prepare(directory), sockets, faults);
      node.start();
      return new EmbeddedKafka(directory, lock, node, faults, sockets);
    } catch (Exception e) {
      // Kafka, being Scala, throws checked exceptions that it does not declare.
      if (node != null) {
        BrokerNode halfStarted = node;
        Bounded.run("embedded-kafka-give-up", CLOSE_LIMIT, halfStarted::stop);
      }
      sockets.close();
      throw e instanceof EmbeddedServerException clear ? clear : refused(directory, e);
    }
  }

  private static EmbeddedServerException refused(Path directory, Exception e) {
    return new EmbeddedServerException(
        "cannot start Kafka in %s: %s; if the directory holds nothing that you need, delete it and start again"
            .formatted(directory, e),
        e);
  }

  /**
   * Those of its settings that clients can notice: not addresses, folders and memory. For another
   * broker that is to behave alike.
   */
  public static Map<String, String> behaviour() {
    return BrokerSettings.behaviour();
  }

  /** Where clients connect: {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return Loopback.HOST + ":" + port;
  }

  /**
   * Where the proxy of {@link #startWithDetour} passes on to.
   *
   * @throws java.util.NoSuchElementException if there is no detour
   */
  public int portBehindDetour() {
    return portBehindDetour.getAsInt();
  }

  /**
   * Completes with the reason when the broker has met a fault that it cannot recover from: whoever
   * owns it should then close it, or end. Never completes while it is well.
   */
  public CompletionStage<Throwable> fault() {
    return faults.first().minimalCompletionStage();
  }

  /**
   * Stops the broker; a second call does nothing. Returns after about ten seconds at the latest: a
   * broker that hangs is then left to end by itself, and keeps its data directory locked until it
   * has.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean stopped = Bounded.run("embedded-kafka-close", CLOSE_LIMIT, this::stopAndRelease);
    if (!stopped) {
      log.atWarn()
          .addKeyValue("dataDirectory", dataDirectory)
          .log("the embedded Kafka broker did not stop in time and was left behind");
    }
  }

  private void stopAndRelease() {
    try {
      node.stop();
    } finally {
      lock.close();
    }
  }
}
