package io.penstock.ingest.start;

import io.penstock.schema.kafka.KafkaPing;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
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
  private final IngestStart start;
  private final KafkaPing kafka;

  IngestReadiness(IngestStart start, KafkaAddress kafka) {
    this.start = start;
    this.kafka = new KafkaPing(kafka.bootstrapServers(), "penstock-ingest-readiness");
  }

  @Override
  public HealthCheckResponse call() {
    String reason = start.missing();
    if (reason.isEmpty() && !kafka.answers()) {
      reason = "Kafka does not answer";
    }
    return HealthCheckResponse.named("ingest")
        .status(reason.isEmpty())
        .withData("waitsFor", reason.isEmpty() ? "nothing" : reason)
        .build();
  }

  @PreDestroy
  void close() {
    kafka.close();
  }
}
