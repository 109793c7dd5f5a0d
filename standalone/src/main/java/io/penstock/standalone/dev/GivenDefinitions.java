package io.penstock.standalone.dev;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the definitions that the start was given are applied. Before that no webhook finds its
 * source, so whoever waits for health before sending must not be told that all is ready.
 */
@Readiness
@ApplicationScoped
public class GivenDefinitions implements HealthCheck {
  static final String NAME = "given-definitions";

  /** Quarkus makes the instance, and there is one application in a JVM. */
  private static final AtomicBoolean APPLIED = new AtomicBoolean();

  /** There are none to be applied, or they are. */
  static void applied() {
    APPLIED.set(true);
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named(NAME).status(APPLIED.get()).build();
  }
}
