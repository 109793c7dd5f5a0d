package io.penstock.console.deadletter;

import io.penstock.console.projection.ProjectionChecks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Of the projection of dead letters. Whether Kafka answers is history's to say. */
@ApplicationScoped
class DeadLetterHealth {
  private static final String NAME = "console-dead-letters";

  private final DeadLetterService service;

  DeadLetterHealth(DeadLetterService service) {
    this.service = service;
  }

  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck lettersReadiness() {
    return ProjectionChecks.readiness(NAME, service::projection, () -> true);
  }

  @Produces
  @Liveness
  @ApplicationScoped
  HealthCheck lettersLiveness() {
    return ProjectionChecks.liveness(NAME, service::projection);
  }
}
