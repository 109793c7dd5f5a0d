package io.penstock.console.replay;

import io.penstock.console.execution.Cursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replays with their counters, newest first. */
final class ReplayList {
  private static final String SELECT =
      "select r.*, c.* from (%s) r cross join lateral (select "
          + Counts.COLUMNS
          + ", min(l.sent_at) filter (where l.state = 'sent') as oldest_in_flight from console.replay_letter l where l.replay_id = r.id) c order by r.created_at desc, r.id desc";
  private static final String ONE = SELECT.formatted("select * from console.replay where id = ?");
  private static final String NEWEST =
      SELECT.formatted(
          "select * from console.replay where (created_at, id) < (?, ?) order by created_at desc, id desc limit ?");

  private ReplayList() {}

  /**
   * @param next where the next page begins; absent on the last one
   */
  record Page(List<Replay> replays, Optional<String> next) {}

  static Optional<Replay> find(Connection connection, String id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ONE)) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(Replay.of(row)) : Optional.empty();
      }
    }
  }

  static Page page(Connection connection, int limit, Optional<Cursor> after) throws SQLException {
    List<Replay> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
      statement.setTimestamp(
          1,
          after
              .map(cursor -> Timestamp.from(cursor.at()))
              .orElseGet(() -> new Timestamp(Long.MAX_VALUE / 1_000_000)));
      statement.setString(2, after.map(Cursor::id).orElse(""));
      statement.setInt(3, limit + 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(Replay.of(row));
        }
      }
    }
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    Replay last = found.get(limit - 1);
    return new Page(
        List.copyOf(found.subList(0, limit)),
        Optional.of(new Cursor(last.createdAt(), last.id()).encode()));
  }
}
