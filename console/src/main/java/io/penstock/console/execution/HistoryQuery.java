package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads history in pages, bounded in records and in bytes. */
final class HistoryQuery {
  static final int MAX_RECORDS = 500;

  /** A page ends with the record that crosses this. */
  private static final int ENOUGH_BYTES = 1 << 20;

  private static final String STATUS = "select status from console.execution where id = ?";
  private static final String RECORDS =
      """
      select sequence, record from (
        select sequence, record,
               sum(octet_length(record::text)) over (order by sequence)
                 - octet_length(record::text) as bytes_before
        from (select sequence, record from console.history
              where execution_id = ? and sequence > ? order by sequence limit ?) page) sized
      where bytes_before < ?
      order by sequence""";

  /** Whether there is more is asked for by itself, so that no record is read for nothing. */
  private static final String MORE =
      "select exists (select from console.history where execution_id = ? and sequence > ?)";

  private final Connection connection;

  HistoryQuery(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param after sequence of the last record seen; empty: from the beginning
   * @return empty if there is no such execution
   */
  Optional<HistoryPage> page(String id, Optional<Long> after, int limit) throws SQLException {
    Optional<ExecutionStatus> status = status(id);
    if (status.isEmpty()) {
      return Optional.empty();
    }
    List<Json> records = new ArrayList<>();
    Optional<Long> next = after;
    try (PreparedStatement statement = connection.prepareStatement(RECORDS)) {
      statement.setString(1, id);
      statement.setLong(2, after.orElse(-1L));
      statement.setInt(3, limit);
      statement.setInt(4, ENOUGH_BYTES);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          records.add(Rows.json(row, "record").orElseThrow());
          next = Optional.of(row.getLong("sequence"));
        }
      }
    }
    boolean more = !records.isEmpty() && isBehind(id, next.orElse(-1L));
    return Optional.of(new HistoryPage(status.get(), records, next, more));
  }

  private Optional<ExecutionStatus> status(String id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STATUS)) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(ExecutionStatus.valueOf(row.getString("status")))
            : Optional.empty();
      }
    }
  }

  private boolean isBehind(String id, long sequence) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MORE)) {
      statement.setString(1, id);
      statement.setLong(2, sequence);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
