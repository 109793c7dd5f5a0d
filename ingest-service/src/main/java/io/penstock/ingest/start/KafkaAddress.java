package io.penstock.ingest.start;

import io.penstock.schema.kafka.ProcessName;
import jakarta.enterprise.context.ApplicationScoped;
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
    return "ingest-" + ProcessName.get();
  }
}
