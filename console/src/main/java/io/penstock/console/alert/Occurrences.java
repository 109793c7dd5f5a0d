package io.penstock.console.alert;

import io.penstock.schema.definition.Alert;
import io.penstock.schema.message.ExecutionStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds in the projection what an alert has not seen yet, the longest standing first. Executions
 * that deliver alerts are passed over, or one that fails would cause the next.
 */
final class Occurrences {
  /** What is older at first sight is history, above all after a rebuild. */
  static final Duration NEWS = Duration.ofDays(1);

  /** So many at a time; the others with the next round. */
  static final int MOST = 500;

  private static final String NOT_OURS =
      """
       and e.event_source is distinct from 'penstock' and e.workflow not like 'alert.%'
      """;
  private static final String HALF_UNDONE = ExecutionStatus.FAILED_TO_COMPENSATE.name();

  private static final String UNSEEN =
      """
       and not exists (
        select from console.alert_notice n where n.alert = ? and n.occurrence = found.occurrence)
      order by found.since limit ?""";
  private static final String STOPPED =
      """
      select found.* from (
        select 'stopped|' || e.status || '|' || (extract(epoch from e.status_since) * 1000000)::bigint
                 || '|' || e.id as occurrence,
               e.status, e.id, e.workflow, e.version, e.error_path as step, e.error_type,
               e.error_message, null as waits_for, e.status_since as since,
               null::timestamptz as until
        from console.execution e
        where e.status in ('SUSPENDED', 'PAUSED', 'FAILED', 'FAILED_TO_COMPENSATE')
          and e.status = any(?)
          and e.status_since > ?"""
          + NOT_OURS
          + ") found where true"
          + UNSEEN;
  private static final String WAITING =
      """
      select found.* from (
        select 'waiting|' || ?::bigint || '|' || (extract(epoch from s.waiting_since) * 1000000)::bigint
                 || '|' || s.path || '|' || e.id as occurrence,
               'WAITING' as status, e.id, e.workflow, e.version, s.path as step,
               null as error_type, null as error_message, s.waiting_for as waits_for,
               s.waiting_since as since, s.waiting_until as until
        from console.step s join console.execution e on e.id = s.execution_id
        where s.waiting_since > ? and s.waiting_since <= ? and s.waiting_for is not null
          and e.status in ('RUNNING', 'WAITING')"""
          + NOT_OURS
          + ") found where true"
          + UNSEEN;

  private final Connection connection;
  private final Instant now;

  /**
   * @param now console's clock
   */
  Occurrences(Connection connection, Instant now) {
    this.connection = connection;
    this.now = now;
  }

  List<Occurrence> unseenBy(Alert alert) throws SQLException {
    List<Occurrence> found = new ArrayList<>(stopped(alert));
    if (alert.waitsFor().isPresent()) {
      found.addAll(waiting(alert, alert.waitsFor().get()));
    }
    if (alert.on().contains(Alert.On.DEAD_LETTER)) {
      found.addAll(new UnreadRecords(connection).unseenBy(alert, now.minus(NEWS), MOST));
    }
    return found;
  }

  private List<Occurrence> stopped(Alert alert) throws SQLException {
    List<String> statuses = new ArrayList<>();
    if (alert.on().contains(Alert.On.SUSPENDED)) {
      statuses.add("SUSPENDED");
      statuses.add(HALF_UNDONE);
    }
    if (alert.on().contains(Alert.On.FAILED)) {
      statuses.add("FAILED");
    }
    if (statuses.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(STOPPED)) {
      statement.setArray(1, connection.createArrayOf("text", statuses.toArray()));
      statement.setTimestamp(2, Timestamp.from(now.minus(NEWS)));
      statement.setString(3, alert.name());
      statement.setInt(4, MOST);
      return occurrences(statement);
    }
  }

  private List<Occurrence> waiting(Alert alert, Duration limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
      statement.setLong(1, limit.toMillis());
      statement.setTimestamp(2, Timestamp.from(now.minus(limit).minus(NEWS)));
      statement.setTimestamp(3, Timestamp.from(now.minus(limit)));
      statement.setString(4, alert.name());
      statement.setInt(5, MOST);
      return occurrences(statement);
    }
  }

  private static List<Occurrence> occurrences(PreparedStatement statement) throws SQLException {
    List<Occurrence> found = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(
            new Occurrence(
                row.getString("occurrence"),
                on(row.getString("status")),
                row.getString("id"),
                row.getString("workflow"),
                row.getString("version"),
                text(row, "step"),
                text(row, "error_type"),
                text(row, "error_message"),
                text(row, "waits_for"),
                row.getTimestamp("since").toInstant(),
                Optional.ofNullable(row.getTimestamp("until")).map(Timestamp::toInstant),
                ""));
      }
    }
    return found;
  }

  /** One that waits for an operator in the middle of being undone is suspended, too. */
  private static Alert.On on(String status) {
    return status.equals(HALF_UNDONE) ? Alert.On.SUSPENDED : Alert.On.valueOf(status);
  }

  private static String text(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }
}
