package io.penstock.console.replay;

import io.penstock.console.execution.Rows;
import io.penstock.schema.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A replay as the console that works on it has it. */
record Replaying(
    String id,
    ReplayStatus status,
    String by,
    String reason,
    Optional<Json> patch,
    Optional<String> version,
    double perSecond,
    ErrorBudget budget) {
  private static final int MAX_AT_ONCE = 50;

  private static final String WITH_WORK =
      """
      select r.id from console.replay r
      where (r.status in ('sampling', 'running')
             or exists (select from console.replay_letter l
                         where l.replay_id = r.id and l.state in ('sending', 'sent')))
        and (r.lease_by = ? or r.lease_until < now())
      order by r.lease_until, r.created_at, r.id limit ?""";

  /** By the database's clock, the same for all consoles. */
  private static final String CLAIM =
      """
      update console.replay set lease_by = ?, lease_until = now() + make_interval(secs => ?)
      where id = ? and (lease_by = ? or lease_until < now()) returning *""";

  private static final String LEAVE =
      "update console.replay set lease_until = '-infinity' where lease_by = ?";

  /**
   * Those that something is to be done for, and that no other console works on; those first that
   * had no turn for the longest time.
   */
  static List<String> withWork(Connection connection, String console) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(WITH_WORK)) {
      statement.setString(1, console);
      statement.setInt(2, MAX_AT_ONCE);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ids.add(row.getString(1));
        }
      }
    }
    return ids;
  }

  /** Empty if another console was faster. */
  static Optional<Replaying> claim(Connection connection, String id, String console, Duration lease)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setString(1, console);
      statement.setDouble(2, (double) lease.toMillis() / 1_000);
      statement.setString(3, id);
      statement.setString(4, console);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(of(row)) : Optional.empty();
      }
    }
  }

  /** So that another console need not wait for the lease's end. */
  static int leave(Connection connection, String console) throws SQLException {
    return Database.update(connection, LEAVE, console);
  }

  private static Replaying of(ResultSet row) throws SQLException {
    return new Replaying(
        row.getString("id"),
        ReplayStatus.of(row.getString("status")),
        row.getString("by"),
        row.getString("reason"),
        Rows.json(row, "patch"),
        Rows.text(row, "version"),
        row.getDouble("per_second"),
        new ErrorBudget(row.getInt("sample"), row.getInt("max_failures")));
  }
}
