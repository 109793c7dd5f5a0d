package io.penstock.standalone.dev;

import java.nio.file.Path;

/**
 * Where a server listens and keeps its data.
 *
 * @param port for HTTP
 * @param kafkaPort for Kafka clients
 * @param partitions of the topics, where the data does not say already
 * @param data created if missing; kept across starts
 * @param programs where PostgreSQL's own programs are unpacked once; may be shared
 * @param verbose whether the log goes to standard error too; it always goes to {@link #logFile()}
 */
public record ServerSettings(
    int port, int kafkaPort, int partitions, Path data, Path programs, boolean verbose) {
  /**
   * One thread decides in one process, so more would only divide the same work into smaller
   * batches: four of them cost a third of the throughput on two cores.
   */
  public static final int PARTITIONS = 1;

  public ServerSettings {
    data = data.toAbsolutePath().normalize();
  }

  public Path logFile() {
    return data.resolve("penstock.log");
  }

  Path kafkaDirectory() {
    return data.resolve("kafka");
  }

  Path databaseDirectory() {
    return data.resolve("database");
  }

  Path streamsDirectory() {
    return data.resolve("streams");
  }

  /** Address of the front door, of the console's API and of the health checks. */
  public String url() {
    return LoopbackPort.HOST_URL + port;
  }
}
