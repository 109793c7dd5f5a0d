package io.penstock.ingest.start;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: the service is up and Kafka answers now. Whoever routes requests should send them to
 * another replica otherwise; being alive does not depend on it.
 */
@Readiness
@ApplicationScoped
public class IngestReadiness implements HealthCheck {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  private final IngestStart start;
  private final KafkaAddress kafka;
  private Admin admin;

  IngestReadiness(IngestStart start, KafkaAddress kafka) {
    this.start = start;
    this.kafka = kafka;
  }

  @Override
  public HealthCheckResponse call() {
    String reason = start.missing().isEmpty() ? missingKafka() : start.missing();
    return HealthCheckResponse.named("ingest")
        .status(reason.isEmpty())
        .withData("waitsFor", reason.isEmpty() ? "nothing" : reason)
        .build();
  }

  private synchronized String missingKafka() {
    int limit = Math.toIntExact(ANSWER_LIMIT.toMillis());
    try {
      admin()
          .describeCluster(new DescribeClusterOptions().timeoutMs(limit))
          .clusterId()
          .get(limit, TimeUnit.MILLISECONDS);
      return "";
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return "Kafka does not answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "Kafka was not asked: interrupted";
    }
  }

  private Admin admin() {
    if (admin == null) {
      admin =
          Admin.create(
              Map.<String, Object>of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  kafka.bootstrapServers(),
                  AdminClientConfig.CLIENT_ID_CONFIG,
                  "penstock-ingest-readiness"));
    }
    return admin;
  }

  @PreDestroy
  synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
