package io.penstock.orchestrator.start;

import io.penstock.schema.kafka.KafkaPing;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Alive as long as a restart would not help; ready when partitions are processed and Kafka answers
 * now: the streams themselves go on waiting for one that went away.
 */
@ApplicationScoped
public class OrchestratorHealth {
  private final KafkaPing kafka;

  OrchestratorHealth(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.kafka = new KafkaPing(bootstrapServers, "penstock-orchestrator-readiness");
  }

  @Produces
  @Liveness
  HealthCheck orchestratorAlive(Orchestrator orchestrator) {
    return () -> HealthCheckResponse.named("orchestrator").status(!orchestrator.isBroken()).build();
  }

  @Produces
  @Readiness
  HealthCheck orchestratorReady(Orchestrator orchestrator) {
    return () ->
        HealthCheckResponse.named("orchestrator")
            .status(orchestrator.isRunning() && kafka.answers())
            .build();
  }

  @PreDestroy
  void close() {
    kafka.close();
  }
}
