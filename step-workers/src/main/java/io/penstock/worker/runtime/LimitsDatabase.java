package io.penstock.worker.runtime;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ExceptionSorter;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.Driver;

/** The few connections by which workers count their calls together. */
final class LimitsDatabase {
  private static final int CONNECTIONS = 4;

  /** Longer than a question takes on a bad day, and short for a call that waits for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private LimitsDatabase() {}

  /** Connects when it is asked for a connection. */
  static AgroalDataSource connect(String url, Optional<String> username, Optional<String> password)
      throws SQLException {
    String patience = String.valueOf(PATIENCE.toSeconds());
    String patienceMillis = String.valueOf(PATIENCE.toMillis());
    AgroalDataSourceConfigurationSupplier settings =
        new AgroalDataSourceConfigurationSupplier()
            .metricsEnabled(false)
            .connectionPoolConfiguration(
                pool ->
                    pool.initialSize(0)
                        .minSize(0)
                        .maxSize(CONNECTIONS)
                        .acquisitionTimeout(PATIENCE)
                        // After a restart of the server the ways to the former one are of no use.
                        .exceptionSorter(ExceptionSorter.fatalExceptionSorter())
                        .connectionFactoryConfiguration(
                            connection -> {
                              connection
                                  .connectionProviderClass(Driver.class)
                                  .jdbcUrl(url)
                                  .jdbcProperty("connectTimeout", patience)
                                  .jdbcProperty("socketTimeout", patience)
                                  .jdbcProperty("tcpKeepAlive", "true")
                                  .jdbcProperty("ApplicationName", "penstock-worker-limits")
                                  // A process that stands still must not hold the others up.
                                  .jdbcProperty(
                                      "options",
                                      "-c lock_timeout=%s -c idle_in_transaction_session_timeout=%s"
                                          .formatted(patienceMillis, patienceMillis));
                              username.ifPresent(
                                  name -> connection.principal(new NamePrincipal(name)));
                              password.ifPresent(
                                  secret -> connection.credential(new SimplePassword(secret)));
                              return connection;
                            }));
    return AgroalDataSource.from(settings);
  }
}
