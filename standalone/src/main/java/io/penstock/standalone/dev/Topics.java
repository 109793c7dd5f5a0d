package io.penstock.standalone.dev;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.TopicSetup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Declares the topics before any service asks for them: while the database still starts, and by one
 * alone, since a broker that has just been told of a topic may for a moment deny it to another.
 */
final class Topics {
  static final short REPLICATION = 1;

  private Topics() {}

  /**
   * @param partitions of topics that are not there yet
   * @return how many partitions there are: fixed for the life of a data folder
   * @throws IllegalStateException if the topics that are there do not fit
   */
  static int declare(String bootstrapServers, int partitions) {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "penstock-standalone"))) {
      int fixed = existing(admin).orElse(partitions);
      new TopicSetup(admin, fixed, REPLICATION).ensure();
      return fixed;
    }
  }

  private static Optional<Integer> existing(Admin admin) {
    String inputs = Topic.INPUTS.topicName();
    try {
      TopicDescription found =
          admin.describeTopics(List.of(inputs)).allTopicNames().get().get(inputs);
      return Optional.of(found.partitions().size());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new IllegalStateException("cannot look for topic " + inputs, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking for topic " + inputs, e);
    }
  }
}
