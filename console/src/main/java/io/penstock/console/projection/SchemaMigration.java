package io.penstock.console.projection;

import jakarta.enterprise.context.ApplicationScoped;
import org.flywaydb.core.Flyway;

/** Brings the schema up to date, for whichever projection asks first. */
@ApplicationScoped
public class SchemaMigration {
  private final Flyway flyway;

  SchemaMigration(Flyway flyway) {
    this.flyway = flyway;
  }

  /** Throws as long as PostgreSQL is away. */
  public synchronized void run() {
    flyway.migrate();
  }
}
