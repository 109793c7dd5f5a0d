package io.penstock.console.replay;

import io.penstock.console.execution.Rows;
import io.penstock.schema.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A replay as the API shows it.
 *
 * @param why what stopped it, or what it waits for
 * @param oldestInFlight when ingest took the oldest of the letters without an outcome; nobody
 *     judges those: a step may take its time
 */
record Replay(
    String id,
    ReplayStatus status,
    Optional<String> why,
    String by,
    String reason,
    Json selection,
    Optional<Json> patch,
    Optional<String> version,
    Instant createdAt,
    String rate,
    int sample,
    int maxFailures,
    long total,
    long waiting,
    long inFlight,
    long succeeded,
    long failedAgain,
    long refused,
    long cancelled,
    long sent,
    Optional<Instant> oldestInFlight) {

  static Replay of(ResultSet row) throws SQLException {
    Counts counts = Counts.of(row);
    return new Replay(
        row.getString("id"),
        ReplayStatus.of(row.getString("status")),
        Rows.text(row, "why"),
        row.getString("by"),
        row.getString("reason"),
        Rows.json(row, "selection").orElseThrow(),
        Rows.json(row, "patch"),
        Rows.text(row, "version"),
        Rows.time(row, "created_at").orElseThrow(),
        row.getString("rate"),
        row.getInt("sample"),
        row.getInt("max_failures"),
        counts.total(),
        counts.waiting(),
        counts.inFlight(),
        counts.succeeded(),
        counts.failedAgain(),
        counts.refused(),
        counts.cancelled(),
        counts.sent(),
        Rows.time(row, "oldest_in_flight"));
  }
}
