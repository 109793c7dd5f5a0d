package io.penstock.console.projection;

import io.penstock.schema.kafka.KafkaPing;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Of history's projection; ready means also that Kafka answers now. */
@ApplicationScoped
class ProjectionHealth {
  private static final String NAME = "console-projection";

  private final ProjectionService service;
  private final KafkaPing kafka;

  ProjectionHealth(
      ProjectionService service,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.service = service;
    this.kafka = new KafkaPing(bootstrapServers, "penstock-console-readiness");
  }

  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck readiness() {
    return ProjectionChecks.readiness(NAME, service::projection, kafka::answers);
  }

  @Produces
  @Liveness
  @ApplicationScoped
  HealthCheck liveness() {
    return ProjectionChecks.liveness(NAME, service::projection);
  }

  @PreDestroy
  void close() {
    kafka.close();
  }
}
