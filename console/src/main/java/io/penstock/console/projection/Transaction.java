package io.penstock.console.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
      return run(connection, work);
    } catch (SQLException e) {
      LostConnections.follow(database, e);
      throw e;
    }
  }

  private static <T> T run(Connection connection, Work<T> work)
      throws SQLException, OvertakenException {
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      T result = work.in(connection);
      connection.commit();
      committed = true;
      return result;
    } finally {
      end(connection, committed);
    }
  }

  /** A connection that is lost has no transaction left to end, and what led here is to be told. */
  private static void end(Connection connection, boolean committed) {
    try {
      if (!committed) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    } catch (SQLException ignored) {
      // It is as broken as the failure before it says; the pool takes it back as such.
    }
  }

  /**
   * For work that finds every row by a key of an index: until its end PostgreSQL plans so. A young
   * table has no statistics; then, and with a plan kept from when it was empty, all of it would be
   * read for each batch.
   */
  public static void findByIndex(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off");
    }
  }
}
