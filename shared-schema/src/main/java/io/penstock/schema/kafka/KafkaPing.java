package io.penstock.schema.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;

/**
 * Whether Kafka answers now, for checks of readiness: the clients that do the work wait in silence
 * for one that went away. Connects at the first question. Thread-safe.
 */
public final class KafkaPing implements AutoCloseable {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  private final String bootstrapServers;
  private final String clientId;
  private Admin admin;

  public KafkaPing(String bootstrapServers, String clientId) {
    this.bootstrapServers = bootstrapServers;
    this.clientId = clientId;
  }

  /** Asks, and waits for two seconds at most. */
  public synchronized boolean answers() {
    int limit = Math.toIntExact(ANSWER_LIMIT.toMillis());
    try {
      admin()
          .describeCluster(new DescribeClusterOptions().timeoutMs(limit))
          .clusterId()
          .get(limit, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Admin admin() {
    if (admin == null) {
      admin =
          Admin.create(
              Map.<String, Object>of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers,
                  AdminClientConfig.CLIENT_ID_CONFIG,
                  clientId));
    }
    return admin;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
      admin = null;
    }
  }
}
