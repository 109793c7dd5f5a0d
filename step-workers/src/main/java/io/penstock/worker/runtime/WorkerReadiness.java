package io.penstock.worker.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: every kind takes commands, definitions are read. There is no check of liveness on purpose:
 * a worker that waits for Kafka is alive, restarting it would not help.
 */
@Readiness
@ApplicationScoped
public class WorkerReadiness implements HealthCheck {
  private final WorkerLifecycle lifecycle;

  public WorkerReadiness(WorkerLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("step-workers");
    Map<String, Boolean> parts = lifecycle.workers().map(Workers::readiness).orElse(Map.of());
    parts.forEach(response::withData);
    return response.status(lifecycle.workers().map(Workers::isReady).orElse(false)).build();
  }
}
