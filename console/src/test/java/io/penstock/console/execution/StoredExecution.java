package io.penstock.console.execution;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Puts rows where the projection would, many at once. */
final class StoredExecution {
  private final DataSource database;
  private final String id;
  private long sequence = 100;

  private StoredExecution(DataSource database, String id) {
    this.database = database;
    this.id = id;
  }

  static StoredExecution of(DataSource database, String id, String status) throws SQLException {
    StoredExecution execution = new StoredExecution(database, id);
    for (String table : new String[] {"history", "step", "attempt"}) {
      execution.run("delete from console." + table + " where execution_id = ?", id);
    }
    execution.run(
        """
        insert into console.execution (id, workflow, version, status, started_at, updated_at,
                                       input, input_tokens, output_tokens, last_sequence)
        values (?, 'big', '1', ?, timestamptz '2026-11-22T12:00:00Z', now(),
                '{"email":"ada@example.com"}', 0, 0, 1)
        on conflict (id) do update set status = excluded.status""",
        id,
        status);
    return execution;
  }

  /** Others compare all rows with a history that has none of these. */
  static void forgetAll(DataSource database) throws SQLException {
    StoredExecution any = new StoredExecution(database, "");
    for (String table : new String[] {"history", "step", "attempt"}) {
      any.run(
          "delete from console."
              + table
              + " where execution_id in (select id from console.execution where workflow = 'big')");
    }
    any.run("delete from console.execution where workflow = 'big'");
  }

  StoredExecution step(String path, String kind, String status) throws SQLException {
    return step(path, kind, status, null, "[]");
  }

  StoredExecution step(String path, String kind, String status, String output, String reads)
      throws SQLException {
    run(
        """
        insert into console.step (execution_id, path, kind, status, first_sequence, first_fact,
                                  generation, attempts, reads, output, started_at, ended_at,
                                  input_tokens, output_tokens)
        values (?, ?, ?, ?, ?, 0, 1, 1, ?::json, ?::json, timestamptz '2026-11-22T12:00:00Z',
                timestamptz '2026-11-22T12:00:01Z', 0, 0)""",
        id,
        path,
        kind,
        status,
        sequence++,
        reads,
        output);
    return this;
  }

  /** One step in each of so many rounds of a foreach, all done. */
  StoredExecution rounds(String foreach, String step, int rounds) throws SQLException {
    run(
        """
        insert into console.step (execution_id, path, kind, status, first_sequence, first_fact,
                                  generation, attempts, started_at, input_tokens, output_tokens)
        select ?, ? || '/' || n || '/' || ?, 'enrich', 'COMPLETED', ?::bigint + n, 0, 1, 1,
               now(), 0, 0
        from generate_series(0, ?::integer - 1) n""",
        id,
        foreach,
        step,
        sequence,
        rounds);
    sequence += rounds;
    return this;
  }

  StoredExecution attempts(String path, int attempts) throws SQLException {
    run(
        """
        insert into console.attempt (execution_id, path, generation, attempt, deliveries, outcome,
                                     input_tokens, output_tokens)
        select ?, ?, 1, n, 1, 'failed', 0, 0 from generate_series(1, ?::integer) n""",
        id,
        path,
        attempts);
    return this;
  }

  StoredExecution change(String path, String status) throws SQLException {
    run("update console.step set status = ? where execution_id = ? and path = ?", status, id, path);
    return this;
  }

  StoredExecution waits(String path, String until) throws SQLException {
    run(
        """
        update console.step set status = 'WAITING', waiting_for = 'retry',
               waiting_until = ?::timestamptz
        where execution_id = ? and path = ?""",
        until,
        id,
        path);
    return this;
  }

  /** The next record, of which only the facts matter here. */
  StoredExecution history(String facts) throws SQLException {
    return historyAt(sequence++, facts);
  }

  /** The record with which the step began that comes next. */
  StoredExecution historyOfNextStep(String facts) throws SQLException {
    return historyAt(sequence, facts);
  }

  private StoredExecution historyAt(long at, String facts) throws SQLException {
    run(
        """
        insert into console.history (execution_id, sequence, at, record)
        values (?, ?::bigint, now(), ?::json)""",
        id,
        at,
        "{\"sequence\":%d,\"facts\":%s}".formatted(at, facts));
    return this;
  }

  private void run(String sql, Object... values) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
