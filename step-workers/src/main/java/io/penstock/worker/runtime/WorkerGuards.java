package io.penstock.worker.runtime;

import io.agroal.api.AgroalDataSource;
import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.CallGuard;
import io.penstock.worker.limit.CallGuards;
import io.penstock.worker.limit.GuardObserver;
import io.penstock.worker.limit.LocalGuards;
import io.penstock.worker.limit.SharedGuards;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The guards by which this process keeps limits: its own, or those of all workers together. */
@Startup
@ApplicationScoped
public class WorkerGuards implements CallGuards {
  private final CallGuards guards;
  private final Runnable atTheEnd;

  WorkerGuards(
      WorkerConfig config,
      GuardObserver observer,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") Optional<String> url,
      @ConfigProperty(name = "quarkus.datasource.username") Optional<String> username,
      @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password)
      throws SQLException {
    Counting counting =
        switch (config.limits().store()) {
          case MEMORY -> new Counting(new LocalGuards(observer), () -> {});
          case POSTGRESQL -> together(url, username, password, observer);
        };
    this.guards = counting.guards();
    this.atTheEnd = counting.atTheEnd();
  }

  private record Counting(CallGuards guards, Runnable atTheEnd) {}

  private static Counting together(
      Optional<String> url,
      Optional<String> username,
      Optional<String> password,
      GuardObserver observer)
      throws SQLException {
    String address =
        url.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "penstock.worker.limits.store is postgresql, but quarkus.datasource.jdbc.url"
                        + " is not set; write jdbc:postgresql://host:5432/penstock"));
    AgroalDataSource database = LimitsDatabase.connect(address, username, password);
    SharedGuards guards = SharedGuards.on(database, observer);
    return new Counting(
        guards,
        () -> {
          guards.close();
          database.close();
        });
  }

  @Override
  public CallGuard guard(String name, CallLimits limits) {
    return guards.guard(name, limits);
  }

  @PreDestroy
  void close() {
    atTheEnd.run();
  }
}
