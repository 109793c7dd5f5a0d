package io.penstock.console.replay;

import io.penstock.console.execution.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pages of the letters of a replay, in the order in which they are sent. */
final class ReplayLetters {
  /** By the names that the API has for them. */
  static final Map<String, List<String>> STATES =
      Map.of(
          "waiting", List.of("waiting"),
          "inFlight", List.of("sending", "sent"),
          "succeeded", List.of("succeeded"),
          "failedAgain", List.of("failedAgain"),
          "refused", List.of("refused"),
          "cancelled", List.of("cancelled"));

  private static final String PAGE =
      """
      select r.*, a.id as again
      from (select * from console.replay_letter
             where replay_id = ? and state = any(?) and position > ?
             order by position limit ?) r
      left join lateral (
        select n.id from console.dead_letter n
         where r.state = 'failedAgain' and n.execution_id = r.execution_id and n.path = r.path
           and n.source_offset > r.after_offset
         order by n.dlq_offset limit 1) a on true
      order by r.position""";

  private ReplayLetters() {}

  /**
   * @param why it failed again or was refused
   * @param again the letter that it has become
   */
  record Sent(
      String id,
      String state,
      Optional<String> why,
      Optional<String> execution,
      Optional<String> path,
      Optional<Instant> sentAt,
      Optional<Instant> settledAt,
      Optional<String> again) {}

  /**
   * @param next where the next page begins; absent on the last one
   */
  record Page(List<Sent> letters, Optional<String> next) {}

  static Page page(
      Connection connection, String replay, Optional<String> state, int limit, long after)
      throws SQLException {
    List<String> states =
        state
            .map(STATES::get)
            .orElseGet(() -> STATES.values().stream().flatMap(List::stream).toList());
    List<Sent> found = new ArrayList<>();
    long last = after;
    try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
      statement.setString(1, replay);
      statement.setArray(2, connection.createArrayOf("text", states.toArray()));
      statement.setLong(3, after);
      statement.setInt(4, limit + 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (found.size() == limit) {
            return new Page(found, Optional.of(Long.toString(last)));
          }
          found.add(sent(row));
          last = row.getLong("position");
        }
      }
    }
    return new Page(found, Optional.empty());
  }

  private static Sent sent(ResultSet row) throws SQLException {
    String state = row.getString("state");
    return new Sent(
        row.getString("letter_id"),
        "sending".equals(state) || "sent".equals(state) ? "inFlight" : state,
        Rows.text(row, "why"),
        Rows.text(row, "execution_id"),
        Rows.text(row, "path"),
        Rows.time(row, "sent_at"),
        Rows.time(row, "settled_at"),
        Rows.text(row, "again"));
  }
}
