package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads steps, and their latest attempts, of some executions at once. */
final class StepQuery {
  /** Of a step; how many there were before them is told. */
  static final int MAX_ATTEMPTS = 20;

  private static final String STEPS =
      """
      select * from (
        select s.execution_id, s.path, s.kind, s.status, s.generation, s.reads, s.waiting_for,
               s.waiting_until, s.branch, s.branch_name, s.caught_by, s.error_type,
               s.error_message, s.error_retriable, s.started_at, s.ended_at, s.input_tokens,
               s.output_tokens, s.cost_micro_usd, s.first_sequence, s.first_fact,
               row_number() over (partition by s.execution_id
                                  order by s.first_sequence, s.first_fact, s.path) as place
        from console.step s
        where s.execution_id = any(?)
          and (?::text is null or s.path = ? or (s.path >= ? || '/' and s.path < ? || '0'))
          and (?::text[] is null or s.status = any(?))
          and (?::bigint is null or (s.first_sequence, s.first_fact, s.path) > (?, ?, ?))
          and not exists (select 1 from unnest(?, ?) as loop(execution_id, path)
                          where %s)) numbered
      where place <= ?
      order by execution_id, place"""
          .formatted(
              Foreach.INSIDE_A_ROUND.replace(
                  "loop.execution collate", "loop.execution_id collate"));
  private static final String ATTEMPTS =
      """
      select * from (
        select a.execution_id, a.path, a.generation, a.attempt, a.deliveries, a.outcome,
               a.error_type, a.error_message, a.error_retriable, a.requested_at, a.started_at,
               a.ended_at, a.model, a.input_tokens, a.output_tokens, a.cost_micro_usd,
               row_number() over latest as age, count(*) over (partition by a.execution_id, a.path) as all
        from unnest(?, ?) as step(execution_id, path)
        join console.attempt a
          on a.execution_id = step.execution_id collate "C" and a.path = step.path collate "C"
        window latest as (partition by a.execution_id, a.path
                          order by a.generation desc, a.attempt desc)) numbered
      where age <= ?
      order by execution_id, path, age desc""";

  private final Connection connection;

  StepQuery(Connection connection) {
    this.connection = connection;
  }

  /** A step's place in the answer. */
  record Key(String execution, String path) {}

  /**
   * @param before how many older ones there are
   */
  record Attempts(List<StepDetail.Attempt> latest, int before) {
    static final Attempts NONE = new Attempts(List.of(), 0);
  }

  /**
   * In the order in which they began, one more of each execution than the filter's limit where
   * there is a next page.
   *
   * @param statuses as stored; empty for all
   * @param folded what not to look into
   */
  Map<String, List<StepRow>> steps(
      Collection<String> executions,
      StepFilter filter,
      Optional<List<String>> statuses,
      List<Foreach> folded)
      throws SQLException {
    Map<String, List<StepRow>> found = new LinkedHashMap<>();
    executions.forEach(id -> found.put(id, new ArrayList<>()));
    try (PreparedStatement statement = connection.prepareStatement(STEPS)) {
      statement.setArray(1, connection.createArrayOf("text", executions.toArray()));
      for (int i = 2; i <= 5; i++) {
        statement.setString(i, filter.under().orElse(null));
      }
      for (int i = 6; i <= 7; i++) {
        statement.setArray(
            i,
            statuses.isEmpty() ? null : connection.createArrayOf("text", statuses.get().toArray()));
      }
      Optional<StepCursor> after = filter.after();
      statement.setObject(8, after.map(StepCursor::sequence).orElse(null), java.sql.Types.BIGINT);
      statement.setObject(9, after.map(StepCursor::sequence).orElse(null), java.sql.Types.BIGINT);
      statement.setObject(10, after.map(StepCursor::fact).orElse(null), java.sql.Types.INTEGER);
      statement.setString(11, after.map(StepCursor::path).orElse(null));
      Foreach.bind(connection, statement, 12, folded);
      statement.setInt(14, filter.limit() + 1);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.get(rows.getString("execution_id")).add(step(rows));
        }
      }
    }
    return found;
  }

  Map<Key, Attempts> attempts(Collection<StepRow> steps) throws SQLException {
    Map<Key, Attempts> found = new LinkedHashMap<>();
    if (steps.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(ATTEMPTS)) {
      statement.setArray(
          1, connection.createArrayOf("text", steps.stream().map(StepRow::executionId).toArray()));
      statement.setArray(
          2, connection.createArrayOf("text", steps.stream().map(StepRow::path).toArray()));
      statement.setInt(3, MAX_ATTEMPTS);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          int before = Math.max(0, rows.getInt("all") - MAX_ATTEMPTS);
          found
              .computeIfAbsent(
                  new Key(rows.getString("execution_id"), rows.getString("path")),
                  any -> new Attempts(new ArrayList<>(), before))
              .latest()
              .add(attempt(rows));
        }
      }
    }
    return found;
  }

  private static StepRow step(ResultSet row) throws SQLException {
    Integer branch = row.getObject("branch", Integer.class);
    Optional<String> branchName = Rows.text(row, "branch_name");
    return new StepRow(
        row.getString("execution_id"),
        row.getString("path"),
        Rows.text(row, "kind"),
        row.getString("status"),
        Rows.text(row, "waiting_for"),
        Rows.time(row, "waiting_until"),
        new StepCursor(
            row.getLong("first_sequence"), row.getInt("first_fact"), row.getString("path")),
        row.getInt("generation"),
        Rows.json(row, "reads").map(StepQuery::texts).orElse(List.of()),
        Optional.ofNullable(branch).map(index -> new StepDetail.Branch(index, branchName)),
        Rows.failure(row, Optional.empty()),
        Optional.ofNullable(row.getObject("caught_by", Integer.class)),
        Rows.time(row, "started_at").orElseThrow(),
        Rows.time(row, "ended_at"),
        Rows.consumption(row));
  }

  private static StepDetail.Attempt attempt(ResultSet row) throws SQLException {
    Optional<Instant> started = Rows.time(row, "started_at");
    Optional<Instant> ended = Rows.time(row, "ended_at");
    return new StepDetail.Attempt(
        row.getInt("generation"),
        row.getInt("attempt"),
        row.getInt("deliveries"),
        Rows.text(row, "outcome"),
        Rows.failure(row, Optional.empty()),
        Rows.time(row, "requested_at"),
        started,
        ended,
        ExecutionSummary.millisBetween(started, ended),
        Rows.text(row, "model"),
        Rows.consumption(row));
  }

  private static List<String> texts(Json array) {
    return array.value() instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
