package io.penstock.console.alert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;

/** Rows as the projection would write them. */
final class StoppedExecutions {
  private final DataSource database;

  StoppedExecutions(DataSource database) {
    this.database = database;
  }

  void add(String id, String status, Instant since) throws SQLException {
    add(id, status, since, "crm");
  }

  void add(String id, String status, Instant since, String eventSource) throws SQLException {
    run(
        """
        insert into console.execution (id, workflow, version, status, status_since, started_at,
                                       updated_at, event_source, error_type, error_message,
                                       error_path, input_tokens, output_tokens, last_sequence)
        values (?, ?, '1.0.0', ?, ?, now(), now(), ?, 'runtime', '422 from crm', 'each/3/deal',
                0, 0, 1)""",
        id,
        id.substring(0, id.indexOf('~')),
        status,
        Timestamp.from(since),
        eventSource);
  }

  /** A running one with a step that is deferred. */
  void addDeferred(String id, Instant since, Instant until) throws SQLException {
    add(id, "RUNNING", since);
    run(
        """
        insert into console.step (execution_id, path, status, first_sequence, first_fact,
                                  generation, attempts, waiting_for, waiting_since, waiting_until,
                                  started_at, input_tokens, output_tokens)
        values (?, 'company', 'WAITING', 1, 0, 1, 1, 'deferral: rate limit', ?, ?, now(), 0, 0)""",
        id,
        Timestamp.from(since),
        Timestamp.from(until));
  }

  /** In the index of dead letters, whose own migration need not be there. */
  void addLetter(String id, String kind, String topic, Instant at) throws SQLException {
    run(
        """
        create table if not exists console.dead_letter (
          id text primary key, topic text, dlq_partition integer, dlq_offset bigint,
          at timestamptz, kind text, reason text, cause text, execution_id text, fingerprint text,
          headers json, size integer, status text, status_at timestamptz, words tsvector)""");
    run(
        """
        insert into console.dead_letter (id, topic, dlq_partition, dlq_offset, at, kind, reason,
                                         cause, fingerprint, headers, size, status, status_at, words)
        values (?, ?, 0, 0, ?, ?, 'unreadable', 'no CloudEvent', 'f', '[]', 0, 'open', now(), '')""",
        id,
        topic,
        Timestamp.from(at),
        kind);
  }

  void forgetLetters() throws SQLException {
    run("delete from console.dead_letter where id like '%-alerted%'");
  }

  /** As a rebuild does, or the end of a test. */
  void forgetExecutions() throws SQLException {
    run("delete from console.step where execution_id like '%~alerted%'");
    run("delete from console.execution where id like '%~alerted%'");
  }

  void forgetAlerts() throws SQLException {
    run("delete from console.alert_notice");
    run("delete from console.alert_message");
  }

  void run(String sql, Object... values) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
