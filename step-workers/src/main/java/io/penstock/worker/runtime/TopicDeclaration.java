package io.penstock.worker.runtime;

import io.penstock.schema.kafka.TopicSetup;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Declares topics and group settings once, before the first consumer of this process connects: a
 * share group that is used before its settings stand would begin at its topic's end.
 */
final class TopicDeclaration {
  private final String bootstrapServers;
  private final int partitions;
  private final short replication;
  private boolean done;

  TopicDeclaration(String bootstrapServers, int partitions, short replication) {
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.replication = replication;
  }

  /**
   * Does nothing the second time.
   *
   * @throws IllegalStateException if Kafka does not answer or does not fit; try again
   */
  synchronized void ensure() {
    if (done) {
      return;
    }
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      new TopicSetup(admin, partitions, replication).ensure();
      done = true;
    }
  }
}
