package io.penstock.console.deadletter;

import io.penstock.console.execution.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A letter as a list shows it.
 *
 * @param at when it became one
 * @param costMicroUsd of its attempts, millionths of a US dollar; absent when none had a price
 * @param size bytes of key, value and headers
 * @param replays how many letters of this step of this execution there were before
 */
record LetterSummary(
    String id,
    Instant at,
    String kind,
    String status,
    String topic,
    String reason,
    String cause,
    Optional<String> execution,
    Optional<String> path,
    Optional<String> workflow,
    Optional<String> version,
    Optional<String> step,
    Optional<String> errorType,
    Optional<Integer> attempt,
    String group,
    Optional<Long> costMicroUsd,
    int size,
    int replays) {
  /** Nothing in here is kept apart from the row. */
  static final String COLUMNS =
      """
      l.id, l.at, l.kind, l.status, l.topic, l.reason, l.cause, l.execution_id, l.path, l.workflow,
      l.version, l.step, l.error_type, l.attempt, l.fingerprint, l.cost_micro_usd, l.size,
      l.replays""";

  static LetterSummary of(ResultSet row) throws SQLException {
    return new LetterSummary(
        row.getString("id"),
        Rows.time(row, "at").orElseThrow(),
        row.getString("kind"),
        row.getString("status"),
        row.getString("topic"),
        row.getString("reason"),
        row.getString("cause"),
        Rows.text(row, "execution_id"),
        Rows.text(row, "path"),
        Rows.text(row, "workflow"),
        Rows.text(row, "version"),
        Rows.text(row, "step"),
        Rows.text(row, "error_type"),
        Optional.ofNullable(row.getObject("attempt", Integer.class)),
        row.getString("fingerprint"),
        Optional.ofNullable(row.getObject("cost_micro_usd", Long.class)),
        row.getInt("size"),
        row.getInt("replays"));
  }
}
