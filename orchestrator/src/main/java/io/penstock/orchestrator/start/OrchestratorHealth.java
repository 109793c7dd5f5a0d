package io.penstock.orchestrator.start;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Alive as long as a restart would not help; ready when partitions are processed. */
@ApplicationScoped
public class OrchestratorHealth {
  @Produces
  @Liveness
  HealthCheck orchestratorAlive(Orchestrator orchestrator) {
    return () -> HealthCheckResponse.named("orchestrator").status(!orchestrator.isBroken()).build();
  }

  @Produces
  @Readiness
  HealthCheck orchestratorReady(Orchestrator orchestrator) {
    return () -> HealthCheckResponse.named("orchestrator").status(orchestrator.isRunning()).build();
  }
}
