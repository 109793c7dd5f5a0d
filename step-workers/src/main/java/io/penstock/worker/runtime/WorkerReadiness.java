package io.penstock.worker.runtime;

import io.penstock.schema.kafka.KafkaPing;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: every kind takes commands, definitions are read, Kafka answers now. There is no check of
 * liveness on purpose: a worker that waits for Kafka is alive, restarting it would not help.
 */
@Readiness
@ApplicationScoped
public class WorkerReadiness implements HealthCheck {
  private final WorkerLifecycle lifecycle;
  private final KafkaPing kafka;

  public WorkerReadiness(
      WorkerLifecycle lifecycle,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.lifecycle = lifecycle;
    this.kafka = new KafkaPing(bootstrapServers, "penstock-worker-readiness");
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("step-workers");
    Map<String, Boolean> parts = lifecycle.workers().map(Workers::readiness).orElse(Map.of());
    parts.forEach(response::withData);
    boolean ready = lifecycle.workers().map(Workers::isReady).orElse(false);
    boolean answered = ready && kafka.answers();
    return response.withData("kafka", answered).status(answered).build();
  }

  @PreDestroy
  void close() {
    kafka.close();
  }
}
