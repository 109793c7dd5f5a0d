package io.penstock.console.replay;

import io.penstock.console.projection.OvertakenException;
import io.penstock.console.projection.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/** Where replays stand. */
@ApplicationScoped
class Database {
  /** Two who change the same letters in another order; PostgreSQL stops one of them. */
  private static final String DEADLOCK = "40P01";

  private static final int TRIES = 5;

  private final DataSource source;

  Database(DataSource source) {
    this.source = source;
  }

  /** What happens in a transaction. Done again from its beginning if another was in its way. */
  @FunctionalInterface
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  <T> T change(Work<T> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return Transaction.run(source, work::in);
      } catch (OvertakenException e) {
        throw new IllegalStateException("nothing is read from Kafka here", e);
      } catch (SQLException e) {
        if (!DEADLOCK.equals(e.getSQLState()) || attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * @return how many rows
   */
  static int update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, Arrays.asList(values));
      return statement.executeUpdate();
    }
  }

  static void bind(PreparedStatement statement, List<?> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }
}
