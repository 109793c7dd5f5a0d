package io.penstock.testbroker;

import io.penstock.embedded.EmbeddedKafka;
import java.nio.file.Path;

/**
 * The Kafka broker of a test: empty, alone, with the settings that our services build on.
 *
 * <p>By default it runs inside the process. With {@code -Dpenstock.test.kafka=testcontainers} on
 * Maven's command line it is Kafka's own image in a container; that needs a container engine, and
 * is as slow as one. Tests of {@link EmbeddedKafka} itself, and those that stop a broker and start
 * it again on its data, do not go through here.
 */
public final class TestKafka implements AutoCloseable {
  /** The system property that chooses: {@code embedded} or {@code testcontainers}. */
  public static final String CHOICE = "penstock.test.kafka";

  public static final String EMBEDDED = "embedded";
  public static final String TESTCONTAINERS = "testcontainers";

  private final String bootstrapServers;
  private final Runnable stop;

  TestKafka(String bootstrapServers, Runnable stop) {
    this.bootstrapServers = bootstrapServers;
    this.stop = stop;
  }

  /**
   * Starts a broker and returns when it serves clients.
   *
   * @param directory for its records, created if missing; a container does not use it
   * @throws IllegalStateException if {@link #CHOICE} is none of the two, or names containers where
   *     no container engine answers
   */
  public static TestKafka start(Path directory) {
    return start(directory, System.getProperty(CHOICE, EMBEDDED));
  }

  static TestKafka start(Path directory, String choice) {
    return switch (choice) {
      case EMBEDDED -> {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        yield new TestKafka(kafka.bootstrapServers(), kafka::close);
      }
      case TESTCONTAINERS -> ContainerKafka.start();
      default ->
          throw new IllegalStateException(
              "cannot start a broker: -D%s=%s is neither '%s' nor '%s'"
                  .formatted(CHOICE, choice, EMBEDDED, TESTCONTAINERS));
    };
  }

  /** Where clients connect, on this machine: {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops the broker and forgets what it held, if a container; a second call does nothing. */
  @Override
  public void close() {
    stop.run();
  }
}
