package io.penstock.console.execution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.penstock.schema.message.ExecutionStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of executions, newest first. A page starts behind the last execution of the one before, so
 * that nothing is shown twice or left out when new executions begin meanwhile.
 */
final class ExecutionList {
  static final String COLUMNS =
      """
      id, workflow, version, status, status_since, waiting_until, started_at, updated_at, ended_at,
      event_source, event_id, event_type, error_type, error_message, error_retriable, error_path,
      input_tokens, output_tokens, cost_micro_usd""";

  /** Of an execution that has ended nobody clears the steps that waited. */
  private static final String WAITING_SINCE =
      """
      status in ('RUNNING', 'WAITING', 'PAUSED', 'SUSPENDED', 'COMPENSATING', 'FAILED_TO_COMPENSATE')
      and id in (
        select e.id from console.execution e
        where e.status in ('SUSPENDED', 'PAUSED', 'FAILED_TO_COMPENSATE') and e.status_since <= ?
        union all
        select s.execution_id from console.step s
        where s.waiting_since <= ? and s.waiting_for is not null)""";

  private ExecutionList() {}

  /**
   * @param next where the next page begins; absent on the last one
   */
  record Page(List<Listed> executions, Optional<String> next) {}

  /**
   * @param waitsFor empty when it moves by itself, or has ended; of many steps the one that is due
   *     first
   */
  record Listed(@JsonUnwrapped ExecutionSummary summary, List<ExecutionDetail.WaitsFor> waitsFor) {}

  static Page page(Connection connection, ExecutionFilter filter) throws SQLException {
    List<Object> values = new ArrayList<>();
    String sql = "select " + COLUMNS + " from console.execution" + restOfQuery(filter, values);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<ExecutionSummary> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(summary(rows));
        }
      }
      return page(connection, found, filter.limit());
    }
  }

  /** Everything behind the table's name; the values of its parameters are added to the list. */
  static String restOfQuery(ExecutionFilter filter, List<Object> values) {
    List<String> conditions = new ArrayList<>();
    filter.workflow().ifPresent(name -> add(conditions, values, "workflow = ?", name));
    filter.status().ifPresent(status -> add(conditions, values, "status = ?", status.name()));
    filter.since().ifPresent(at -> add(conditions, values, "started_at >= ?", Timestamp.from(at)));
    filter.until().ifPresent(at -> add(conditions, values, "started_at < ?", Timestamp.from(at)));
    filter
        .waitingSince()
        .ifPresent(
            since -> {
              add(conditions, values, WAITING_SINCE, Timestamp.from(since));
              values.add(Timestamp.from(since));
            });
    filter
        .after()
        .ifPresent(
            last -> {
              add(conditions, values, "(started_at, id) < (?, ?)", Timestamp.from(last.at()));
              values.add(last.id());
            });
    // One more than asked for tells whether there is a next page.
    values.add(filter.limit() + 1);
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return where + " order by started_at desc, id desc limit ?";
  }

  private static void add(
      List<String> conditions, List<Object> values, String condition, Object value) {
    conditions.add(condition);
    values.add(value);
  }

  private static Page page(Connection connection, List<ExecutionSummary> found, int limit)
      throws SQLException {
    List<ExecutionSummary> shown = found.size() > limit ? found.subList(0, limit) : found;
    Map<String, List<ExecutionDetail.WaitsFor>> waits = WaitsQuery.of(connection, shown, 1);
    return new Page(
        shown.stream().map(summary -> new Listed(summary, waits.get(summary.id()))).toList(),
        shown.size() == found.size()
            ? Optional.empty()
            : Optional.of(new Cursor(shown.getLast().startedAt(), shown.getLast().id()).encode()));
  }

  static ExecutionSummary summary(ResultSet row) throws SQLException {
    Optional<java.time.Instant> started = Rows.time(row, "started_at");
    Optional<java.time.Instant> ended = Rows.time(row, "ended_at");
    return new ExecutionSummary(
        row.getString("id"),
        row.getString("workflow"),
        row.getString("version"),
        ExecutionStatus.valueOf(row.getString("status")),
        Rows.time(row, "status_since"),
        Rows.time(row, "waiting_until"),
        started.orElseThrow(),
        Rows.time(row, "updated_at").orElseThrow(),
        ended,
        ExecutionSummary.millisBetween(started, ended),
        new ExecutionSummary.TriggerEvent(
            Rows.text(row, "event_source"),
            Rows.text(row, "event_id"),
            Rows.text(row, "event_type")),
        Rows.failure(row, Rows.text(row, "error_path")),
        Rows.consumption(row));
  }
}
