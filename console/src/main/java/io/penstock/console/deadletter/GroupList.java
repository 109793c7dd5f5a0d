package io.penstock.console.deadletter;

import io.penstock.console.execution.Cursor;
import io.penstock.console.execution.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pages of groups, the one with the latest letter first: one that gets a letter moves there. */
final class GroupList {
  private GroupList() {}

  /**
   * Letters with one cause, as far as that can be told.
   *
   * @param message what they say, without what differs
   * @param oldestOpen absent when none is open
   * @param costMicroUsd of all of them; absent when no call had a price
   */
  record Group(
      String group,
      String kind,
      Optional<String> workflow,
      Optional<String> version,
      Optional<String> step,
      Optional<String> errorType,
      String topic,
      String reason,
      String message,
      Instant firstSeen,
      Instant lastSeen,
      long open,
      long total,
      Optional<Long> costMicroUsd,
      Optional<Instant> oldestOpen) {}

  /**
   * @param next where the next page begins; absent on the last one
   */
  record Page(List<Group> groups, Optional<String> next) {}

  /**
   * @param openOnly whether at least one letter must be open
   */
  record Filter(
      Optional<String> workflow,
      Optional<String> step,
      Optional<String> errorType,
      boolean openOnly,
      int limit,
      Optional<Cursor> after) {}

  static Page page(Connection connection, Filter filter) throws SQLException {
    List<Object> values = new ArrayList<>();
    String sql = query(filter, values);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<Group> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(group(rows));
        }
      }
      if (found.size() <= filter.limit()) {
        return new Page(found, Optional.empty());
      }
      List<Group> page = List.copyOf(found.subList(0, filter.limit()));
      Group last = page.getLast();
      return new Page(page, Optional.of(new Cursor(last.lastSeen(), last.group()).encode()));
    }
  }

  /**
   * @param values get those of the parameters, in order
   */
  static String query(Filter filter, List<Object> values) {
    List<String> conditions = new ArrayList<>();
    conditions.add(filter.openOnly() ? "g.open > 0" : "true");
    filter.workflow().ifPresent(name -> add(conditions, values, "g.workflow = ?", name));
    filter.step().ifPresent(step -> add(conditions, values, "g.step = ?", step));
    filter.errorType().ifPresent(type -> add(conditions, values, "g.error_type = ?", type));
    filter
        .after()
        .ifPresent(
            last -> {
              add(
                  conditions,
                  values,
                  "(g.last_seen, g.fingerprint) < (?, ?)",
                  Timestamp.from(last.at()));
              values.add(last.id());
            });
    // One more than asked for tells whether there is a next page.
    values.add(filter.limit() + 1);
    return """
    select g.*, (select l.at from console.dead_letter l
                  where l.status = 'open' and l.fingerprint = g.fingerprint
                  order by l.at, l.id limit 1) as oldest_open
    from console.dead_letter_group g where %s
    order by g.last_seen desc, g.fingerprint desc limit ?"""
        .formatted(String.join(" and ", conditions));
  }

  private static void add(
      List<String> conditions, List<Object> values, String condition, Object value) {
    conditions.add(condition);
    values.add(value);
  }

  private static Group group(ResultSet row) throws SQLException {
    return new Group(
        row.getString("fingerprint"),
        row.getString("kind"),
        Rows.text(row, "workflow"),
        Rows.text(row, "version"),
        Rows.text(row, "step"),
        Rows.text(row, "error_type"),
        row.getString("topic"),
        row.getString("reason"),
        row.getString("message"),
        Rows.time(row, "first_seen").orElseThrow(),
        Rows.time(row, "last_seen").orElseThrow(),
        row.getLong("open"),
        row.getLong("total"),
        Optional.ofNullable(row.getObject("cost_micro_usd", Long.class)),
        Rows.time(row, "oldest_open"));
  }
}
