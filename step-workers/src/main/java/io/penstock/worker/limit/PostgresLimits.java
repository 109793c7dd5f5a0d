package io.penstock.worker.limit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import javax.sql.DataSource;

/**
 * A row of {@code worker.call_limit} for each name, locked while a process has its turn. Nothing in
 * it is worth a backup: who waits asks anew.
 */
final class PostgresLimits implements LimitStore {
  private static final String SELECT =
      """
      SELECT state, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
      FROM worker.call_limit WHERE name = ?""";
  private static final String NOW =
      "SELECT NULL, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final DataSource database;
  private final LongUnaryOperator clock;
  private volatile boolean prepared;

  PostgresLimits(DataSource database) {
    this(database, now -> now);
  }

  /**
   * @param clock for the server's microseconds since 1970 the time that counts
   */
  PostgresLimits(DataSource database, LongUnaryOperator clock) {
    this.database = database;
    this.clock = clock;
  }

  private record Row(Optional<SharedState> state, long now) {}

  @Override
  public void exchange(String name, Turn turn) throws StoreAwayException {
    try (Connection connection = connection()) {
      connection.setAutoCommit(false);
      try {
        turn.begins();
        Row row = locked(connection, name);
        SharedState before = row.state().orElse(SharedState.EMPTY);
        SharedState after = turn.take(before, row.now());
        if (!after.equals(before)) {
          write(connection, name, after);
        }
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new StoreAwayException(e);
    }
  }

  @Override
  public void read(String name, Turn turn) throws StoreAwayException {
    try (Connection connection = connection()) {
      connection.setAutoCommit(true);
      turn.begins();
      Row row = row(connection, SELECT, name);
      turn.take(row.state().orElse(SharedState.EMPTY), row.now());
    } catch (SQLException e) {
      throw new StoreAwayException(e);
    }
  }

  private Connection connection() throws SQLException {
    Connection connection = database.getConnection();
    if (!prepared) {
      try {
        prepare(connection);
        prepared = true;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }
    return connection;
  }

  private static void prepare(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement();
        InputStream ddl = PostgresLimits.class.getResourceAsStream("/db/worker/call_limit.sql")) {
      statement.execute(new String(ddl.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Row locked(Connection connection, String name) throws SQLException {
    Row row = row(connection, SELECT + " FOR UPDATE", name);
    if (row.state().isPresent()) {
      return row;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO worker.call_limit (name, state) VALUES (?, ?::jsonb)
            ON CONFLICT (name) DO NOTHING""")) {
      insert.setString(1, name);
      insert.setString(2, written(SharedState.EMPTY));
      insert.executeUpdate();
    }
    return row(connection, SELECT + " FOR UPDATE", name);
  }

  private Row row(Connection connection, String sql, String name) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, name);
      try (ResultSet found = select.executeQuery()) {
        if (found.next()) {
          return new Row(
              Optional.of(read(found.getString(1))), clock.applyAsLong(found.getLong(2)));
        }
      }
    }
    try (PreparedStatement now = connection.prepareStatement(NOW);
        ResultSet found = now.executeQuery()) {
      found.next();
      return new Row(Optional.empty(), clock.applyAsLong(found.getLong(2)));
    }
  }

  private static void write(Connection connection, String name, SharedState state)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE worker.call_limit SET state = ?::jsonb WHERE name = ?")) {
      update.setString(1, written(state));
      update.setString(2, name);
      update.executeUpdate();
    }
  }

  private static String written(SharedState state) {
    try {
      return JSON.writeValueAsString(state);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state of limits is always JSON", e);
    }
  }

  /** What nobody can read counts as nothing: a process of another release wrote it, or a person. */
  private static SharedState read(String json) {
    try {
      return JSON.readValue(json, SharedState.class);
    } catch (JsonProcessingException e) {
      return SharedState.EMPTY;
    }
  }
}
