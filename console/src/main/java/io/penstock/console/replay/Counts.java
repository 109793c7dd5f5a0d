package io.penstock.console.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many letters of a replay are where. Waiting, in flight, succeeded, failed again, refused and
 * cancelled add up to {@code total}.
 *
 * @param sent those that ingest has taken, whatever became of them
 * @param inFlight on their way to ingest, or without an outcome yet
 * @param refused at the beginning or later
 * @param refusedLater of these, by ingest or by the orchestrator
 */
record Counts(
    long total,
    long waiting,
    long inFlight,
    long succeeded,
    long failedAgain,
    long refused,
    long cancelled,
    long sent,
    long refusedLater) {
  static final String COLUMNS =
      """
      count(l.state) as total,
      count(*) filter (where l.state = 'waiting') as waiting,
      count(*) filter (where l.state in ('sending', 'sent')) as in_flight,
      count(*) filter (where l.state = 'succeeded') as succeeded,
      count(*) filter (where l.state = 'failedAgain') as failed_again,
      count(*) filter (where l.state = 'refused') as refused,
      count(*) filter (where l.state = 'cancelled') as cancelled,
      count(l.sent_at) as sent,
      count(*) filter (where l.state = 'refused' and l.late) as refused_later""";

  private static final String COUNT =
      "select " + COLUMNS + " from console.replay_letter l where l.replay_id = ?";

  static Counts of(Connection connection, String replay) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setString(1, replay);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return of(row);
      }
    }
  }

  static Counts of(ResultSet row) throws SQLException {
    return new Counts(
        row.getLong("total"),
        row.getLong("waiting"),
        row.getLong("in_flight"),
        row.getLong("succeeded"),
        row.getLong("failed_again"),
        row.getLong("refused"),
        row.getLong("cancelled"),
        row.getLong("sent"),
        row.getLong("refused_later"));
  }
}
