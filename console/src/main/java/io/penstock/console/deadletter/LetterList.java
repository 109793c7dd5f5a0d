package io.penstock.console.deadletter;

import io.penstock.console.execution.Cursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pages of letters, newest first. A page starts behind the last letter of the one before, so that
 * nothing is shown twice or left out when new letters come meanwhile.
 */
final class LetterList {
  static final int MAX_LIMIT = 200;

  private LetterList() {}

  /**
   * @param next where the next page begins; absent on the last one
   */
  record Page(List<LetterSummary> deadLetters, Optional<String> next) {}

  static Page page(Connection connection, LetterFilter filter, int limit, Optional<Cursor> after)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    String sql = query(connection, filter, limit, after, values);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<LetterSummary> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(LetterSummary.of(rows));
        }
      }
      if (found.size() <= limit) {
        return new Page(found, Optional.empty());
      }
      List<LetterSummary> page = List.copyOf(found.subList(0, limit));
      LetterSummary last = page.getLast();
      return new Page(page, Optional.of(new Cursor(last.at(), last.id()).encode()));
    }
  }

  /**
   * Every index begins with the status. For several of them each gives its newest, of which the
   * newest are taken: never more than a page of each is read.
   *
   * @param values get those of the parameters, in order
   */
  static String query(
      Connection connection,
      LetterFilter filter,
      int limit,
      Optional<Cursor> after,
      List<Object> values)
      throws SQLException {
    boolean one = filter.statuses().size() == 1;
    values.add(
        one
            ? filter.statuses().getFirst()
            : connection.createArrayOf("text", filter.statuses().toArray()));
    List<String> conditions = new ArrayList<>();
    conditions.add(one ? "l.status = ?" : "l.status = s.status collate \"C\"");
    conditions.addAll(filter.conditions(values));
    if (after.isPresent()) {
      conditions.add("(l.at, l.id) < (?, ?)");
      values.add(Timestamp.from(after.get().at()));
      values.add(after.get().id());
    }
    // One more than asked for tells whether there is a next page.
    values.add(limit + 1);
    String newest =
        "select %s from console.dead_letter l where %s order by l.at desc, l.id desc limit ?"
            .formatted(LetterSummary.COLUMNS, String.join(" and ", conditions));
    if (one) {
      return newest;
    }
    values.add(limit + 1);
    return "select l.* from unnest(?::text[]) as s(status) cross join lateral (%s) l order by l.at desc, l.id desc limit ?"
        .formatted(newest);
  }
}
