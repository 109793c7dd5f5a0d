package io.penstock.console.replay;

import io.penstock.console.execution.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Who did what to a replay, when and why. Nothing in it is ever changed. */
final class Audit {
  /** For what a replay does by itself. */
  static final String ITSELF = "penstock";

  private static final String NOTE =
      "insert into console.replay_audit (replay_id, at, by, what, reason) values (?, now(), ?, ?, ?)";
  private static final String ALL =
      "select at, by, what, reason from console.replay_audit where replay_id = ? order by number limit 1000";

  private Audit() {}

  record Entry(Instant at, String by, String what, String reason) {}

  static void note(Connection connection, String replay, String by, String what, String reason)
      throws SQLException {
    Database.update(connection, NOTE, replay, by, what, reason);
  }

  static List<Entry> of(Connection connection, String replay) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ALL)) {
      statement.setString(1, replay);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          entries.add(
              new Entry(
                  Rows.time(row, "at").orElseThrow(),
                  row.getString("by"),
                  row.getString("what"),
                  row.getString("reason")));
        }
      }
    }
    return entries;
  }
}
