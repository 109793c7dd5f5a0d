package io.penstock.console.projection;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** All or nothing: rows and the position up to which they were read change together. */
public final class Transaction {
  private Transaction() {}

  /** What happens in it. */
  @FunctionalInterface
  public interface Work<T> {
    T in(Connection connection) throws SQLException, OvertakenException;
  }

  /** Commits what the work did; whatever it throws rolls all of it back. */
  public static <T> T run(DataSource database, Work<T> work)
      throws SQLException, OvertakenException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      try {
        T result = work.in(connection);
        connection.commit();
        committed = true;
        return result;
      } finally {
        if (!committed) {
          rollback(connection);
        }
        connection.setAutoCommit(true);
      }
    }
  }

  /** A connection that is lost has no transaction left to end. */
  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException ignored) {
      // The failure that led here is the one to tell.
    }
  }
}
