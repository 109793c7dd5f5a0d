package io.penstock.console.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.penstock.schema.message.ExecutionStatus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many executions are open, by workflow, version and status, and how many dead letters: from
 * the console's rows, the one place that knows all partitions and outlives restarts.
 *
 * <p>Counted when somebody reads the metrics and at most every few seconds, without making the
 * reader wait: it gets the figures of the count before, with their age beside them.
 */
@ApplicationScoped
public class OpenExecutions {
  private static final Logger LOG = LoggerFactory.getLogger(OpenExecutions.class);
  private static final Duration COUNT_AFTER = Duration.ofSeconds(10);

  /** By status rather than by the absence of an end: there is an index for it. */
  private static final String OPEN =
      """
      select workflow, version, status, count(*) from console.execution
      where status = any(?) group by workflow, version, status""";

  private final DataSource database;
  private final MeterRegistry registry;
  private MultiGauge open;
  private OpenLetters letters;
  private long countedNanos;
  private boolean counted;
  private boolean counting;

  OpenExecutions(DataSource database, MeterRegistry registry) {
    this.database = database;
    this.registry = registry;
  }

  void start(@Observes StartupEvent event) {
    letters = new OpenLetters(registry);
    open =
        MultiGauge.builder("penstock.executions.open")
            .description("executions that have not ended")
            .register(registry);
    TimeGauge.builder(
            "penstock.executions.open.age", this, TimeUnit.NANOSECONDS, OpenExecutions::ageOnRead)
        .description("age of the figures of penstock_executions_open")
        .register(registry);
  }

  /** Unknown before the first count; also what makes the next one begin. */
  private synchronized double ageOnRead() {
    long now = System.nanoTime();
    boolean due = !counted || now - countedNanos >= COUNT_AFTER.toNanos();
    if (due && !counting) {
      counting = true;
      Thread.ofVirtual().name("open-executions").start(this::count);
    }
    return counted ? now - countedNanos : Double.NaN;
  }

  private void count() {
    try (Connection connection = database.getConnection()) {
      open.register(rows(connection), true);
      letters.count(connection);
      ended(true);
    } catch (SQLException e) {
      LOG.atDebug()
          .addKeyValue("sqlState", e.getSQLState())
          .log("open executions and dead letters not counted");
      ended(false);
    } catch (RuntimeException e) {
      ended(false);
      throw e;
    }
  }

  private synchronized void ended(boolean well) {
    counting = false;
    if (well) {
      counted = true;
      countedNanos = System.nanoTime();
    }
  }

  private static List<MultiGauge.Row<?>> rows(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "text",
              Arrays.stream(ExecutionStatus.values())
                  .filter(status -> !status.isEnd())
                  .map(ExecutionStatus::name)
                  .toArray()));
      List<MultiGauge.Row<?>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(
              MultiGauge.Row.of(
                  Tags.of(
                      "workflow", result.getString(1),
                      "version", result.getString(2),
                      "status", result.getString(3)),
                  result.getLong(4)));
        }
      }
      return rows;
    }
  }
}
