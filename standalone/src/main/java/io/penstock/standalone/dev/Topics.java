package io.penstock.standalone.dev;

import io.penstock.schema.kafka.TopicSetup;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Declares the topics before any service asks for them: while the database still starts, and by one
 * alone, since a broker that has just been told of a topic may for a moment deny it to another.
 */
final class Topics {
  /** The number is fixed for the life of a data folder. */
  static final int PARTITIONS = 4;

  static final short REPLICATION = 1;

  private Topics() {}

  /**
   * @throws IllegalStateException if the topics that are there do not fit
   */
  static void declare(String bootstrapServers) {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "penstock-standalone"))) {
      new TopicSetup(admin, PARTITIONS, REPLICATION).ensure();
    }
  }
}
