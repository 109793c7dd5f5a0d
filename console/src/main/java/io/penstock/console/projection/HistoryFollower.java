package io.penstock.console.projection;

import io.penstock.schema.message.HistoryRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Keeps rows of its own up to date with history, in the transaction in which that is stored. */
public interface HistoryFollower {
  /**
   * The rows of executions, steps and attempts are written already.
   *
   * @param records of the batch, in the order of their partitions; they may have been seen before
   */
  void follow(Connection connection, List<HistoryRecord> records) throws SQLException;

  /** History is about to be read again from its beginning. */
  void forget(Connection connection) throws SQLException;
}
