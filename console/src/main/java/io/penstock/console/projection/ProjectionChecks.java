package io.penstock.console.projection;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * What health says of a projection. Ready means that it goes on; alive, that it will go on by
 * itself once PostgreSQL and Kafka are there, so that nobody restarts it for their sake.
 */
public final class ProjectionChecks {
  private ProjectionChecks() {}

  /**
   * @param projection null as long as it was not started
   * @param others what else it takes to be ready
   */
  public static HealthCheck readiness(
      String name, Supplier<TopicProjection> projection, BooleanSupplier others) {
    return () -> {
      TopicProjection current = projection.get();
      TopicProjection.State state =
          current == null ? TopicProjection.State.STARTING : current.state();
      return HealthCheckResponse.named(name)
          .status(state == TopicProjection.State.PROJECTING && others.getAsBoolean())
          .withData("state", state.name())
          .build();
    };
  }

  public static HealthCheck liveness(String name, Supplier<TopicProjection> projection) {
    return () -> {
      TopicProjection current = projection.get();
      return HealthCheckResponse.named(name).status(current == null || current.isAlive()).build();
    };
  }
}
