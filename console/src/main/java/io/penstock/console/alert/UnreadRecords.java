package io.penstock.console.alert;

import io.penstock.schema.definition.Alert;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds records that nobody could read, in the index of dead letters. */
final class UnreadRecords {
  private static final String UNSEEN =
      """
      select id, topic, reason, cause, at from console.dead_letter l
      where kind = 'record' and status = 'open' and at > ?
        and coalesce(execution_id, '') not like 'alert.%'
        and not exists (
          select from console.alert_notice n
          where n.alert = ? and n.occurrence = 'deadLetter|' || l.id)
      order by at limit ?""";

  private final Connection connection;

  UnreadRecords(Connection connection) {
    this.connection = connection;
  }

  List<Occurrence> unseenBy(Alert alert, Instant since, int most) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNSEEN)) {
      statement.setTimestamp(1, Timestamp.from(since));
      statement.setString(2, alert.name());
      statement.setInt(3, most);
      List<Occurrence> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(occurrence(row));
        }
      }
      return found;
    }
  }

  private static Occurrence occurrence(ResultSet row) throws SQLException {
    return new Occurrence(
        "deadLetter|" + row.getString("id"),
        Alert.On.DEAD_LETTER,
        "",
        "",
        "",
        "",
        row.getString("reason"),
        row.getString("cause"),
        "",
        row.getTimestamp("at").toInstant(),
        Optional.empty(),
        row.getString("topic"));
  }
}
