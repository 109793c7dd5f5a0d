package io.penstock.console.projection;

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
 * Ready means that the projection goes on and that Kafka answers now; alive, that it will go on by
 * itself once PostgreSQL and Kafka are there, so that nobody restarts it for their sake.
 */
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
    return () -> {
      TopicProjection projection = service.projection();
      TopicProjection.State state =
          projection == null ? TopicProjection.State.STARTING : projection.state();
      return HealthCheckResponse.named(NAME)
          .status(state == TopicProjection.State.PROJECTING && kafka.answers())
          .withData("state", state.name())
          .build();
    };
  }

  @Produces
  @Liveness
  @ApplicationScoped
  HealthCheck liveness() {
    return () -> {
      TopicProjection projection = service.projection();
      return HealthCheckResponse.named(NAME)
          .status(projection == null || projection.isAlive())
          .build();
    };
  }

  @PreDestroy
  void close() {
    kafka.close();
  }
}
