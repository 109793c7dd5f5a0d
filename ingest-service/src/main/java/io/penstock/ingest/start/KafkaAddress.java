package io.penstock.ingest.start;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where Kafka is, and under which name this process is known there. */
@ApplicationScoped
public class KafkaAddress {
  private final String bootstrapServers;

  KafkaAddress(
      @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "127.0.0.1:19092")
          String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Among all readers of definitions: no two living processes have the same. */
  public String readerName() {
    return "ingest-" + hostName() + "-" + ProcessHandle.current().pid();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
