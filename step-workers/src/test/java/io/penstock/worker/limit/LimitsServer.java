package io.penstock.worker.limit;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.penstock.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL for the tests of a class, which can be away. */
public final class LimitsServer implements BeforeAllCallback, AfterAllCallback {
  private Path directory;
  private EmbeddedDatabase database;
  private AgroalDataSource source;
  private volatile BooleanSupplier away = () -> false;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("penstock-limits");
    database = EmbeddedDatabase.start(directory);
    source =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    pool ->
                        pool.maxSize(8)
                            .acquisitionTimeout(Duration.ofSeconds(10))
                            .connectionFactoryConfiguration(
                                connection ->
                                    connection
                                        .jdbcUrl(database.jdbcUrl())
                                        .principal(new NamePrincipal(database.username())))));
  }

  public String jdbcUrl() {
    return database.jdbcUrl();
  }

  public String username() {
    return database.username();
  }

  void forget() throws SQLException {
    away = () -> false;
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS worker CASCADE");
    }
  }

  /** From now on nobody gets a connection, or all do again. */
  void away(boolean gone) {
    away = () -> gone;
  }

  /** Gone whenever this says so. */
  void awayWhile(BooleanSupplier gone) {
    away = gone;
  }

  /** A process of its own. Its clock, and that of the server, is this one. */
  SharedGuards process(VirtualTime time) {
    return new SharedGuards(
        time,
        time,
        Duration.ZERO,
        new PostgresLimits(
            new SometimesAway(source, () -> away.getAsBoolean()), ignored -> micros(time)),
        GuardObserver.BLIND);
  }

  DataSource source() {
    return source;
  }

  private static long micros(VirtualTime time) {
    return TimeUnit.DAYS.toMicros(20_000) + TimeUnit.NANOSECONDS.toMicros(time.currentTimeNanos());
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    source.close();
    database.close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
