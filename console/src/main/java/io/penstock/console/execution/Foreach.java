package io.penstock.console.execution;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The foreach steps that an answer does not look into, and how far each of them is. There are few
 * of them, those that a definition names outside of any foreach; inside them there may be any
 * number.
 *
 * @param execution whose step it is
 * @param path of the step
 */
record Foreach(String execution, String path) {
  /** Rounds have numbers: {@code each/0/call} to {@code each/9…}, and ':' comes after '9'. */
  static final String INSIDE_A_ROUND =
      """
      s.execution_id = loop.execution collate "C"
      and s.path >= loop.path collate "C" || '/0' and s.path < loop.path collate "C" || '/:'""";

  private static final String ALL =
      """
      select execution_id, path from console.step
      where execution_id = any(?) and kind = 'foreach'
        and (?::text is null or path = ? or (path >= ? || '/' and path < ? || '0'))
      order by execution_id, path""";

  /**
   * Of the steps right inside a round only: what a nested foreach tolerates is its own affair. What
   * was cancelled in a round while the foreach goes on was cancelled by a failure that it
   * tolerates.
   */
  private static final String COUNTS =
      """
      select execution, loop_path, count(*) as begun,
             count(*) filter (where failed or (cancelled and goes_on)) as failed,
             count(*) filter (where cancelled and not failed and not goes_on) as cancelled,
             count(*) filter (where open and not failed and not cancelled) as running
      from (
        select loop.execution, loop.path as loop_path,
               split_part(substr(s.path, length(loop.path) + 2), '/', 1) as round,
               bool_or(s.status = 'FAILED') as failed,
               bool_or(s.status = 'CANCELLED') as cancelled,
               bool_or(s.status in ('RUNNING', 'WAITING')) as open,
               bool_and(f.status in ('RUNNING', 'WAITING', 'COMPLETED') and f.caught_by is null)
                 as goes_on
        from unnest(?, ?) as loop(execution, path)
        join console.step f
          on f.execution_id = loop.execution collate "C" and f.path = loop.path collate "C"
        join console.step s on %s
        where cardinality(string_to_array(substr(s.path, length(loop.path) + 2), '/')) = 2
        group by 1, 2, 3) rounds
      group by 1, 2"""
          .formatted(INSIDE_A_ROUND);

  /** What it found to do stands in the record with which it began. */
  private static final String TOTALS =
      """
      select loop.execution, loop.path, (fact ->> 'rounds')::integer as total
      from unnest(?, ?) as loop(execution, path)
      join console.step s
        on s.execution_id = loop.execution collate "C" and s.path = loop.path collate "C"
      join console.history h
        on h.execution_id = s.execution_id and h.sequence = s.first_sequence
      cross join lateral json_array_elements(h.record -> 'facts') as fact
      where fact ->> 'type' = 'itemsFound' and fact ->> 'path' = loop.path""";

  /** The outermost ones, at and below a path if one is given. */
  static List<Foreach> outermost(
      Connection connection, Collection<String> executions, Optional<String> under)
      throws SQLException {
    Set<Foreach> found = new HashSet<>();
    List<Foreach> outermost = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ALL)) {
      statement.setArray(1, connection.createArrayOf("text", executions.toArray()));
      for (int i = 2; i <= 5; i++) {
        statement.setString(i, under.orElse(null));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          // In the order of paths what is outside comes before what is inside.
          Foreach step = new Foreach(rows.getString(1), rows.getString(2));
          if (!step.isInsideARoundOf(found)) {
            found.add(step);
            outermost.add(step);
          }
        }
      }
    }
    return outermost;
  }

  private boolean isInsideARoundOf(Set<Foreach> others) {
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      boolean numbered = end + 1 < path.length() && Character.isDigit(path.charAt(end + 1));
      if (numbered && others.contains(new Foreach(execution, path.substring(0, end)))) {
        return true;
      }
    }
    return false;
  }

  /** How far each is; of one whose beginning history no longer has, the total is absent. */
  static Map<Foreach, StepDetail.Rounds> rounds(Connection connection, List<Foreach> steps)
      throws SQLException {
    Map<Foreach, Long> totals = new HashMap<>();
    Map<Foreach, StepDetail.Rounds> rounds = new HashMap<>();
    if (steps.isEmpty()) {
      return rounds;
    }
    steps.forEach(step -> rounds.put(step, new StepDetail.Rounds(Optional.empty(), 0, 0, 0, 0)));
    each(
        connection,
        TOTALS,
        steps,
        row ->
            totals.put(
                new Foreach(row.getString("execution"), row.getString("path")),
                row.getLong("total")));
    each(
        connection,
        COUNTS,
        steps,
        row ->
            rounds.put(
                new Foreach(row.getString("execution"), row.getString("loop_path")),
                new StepDetail.Rounds(
                    Optional.empty(),
                    row.getLong("begun")
                        - row.getLong("failed")
                        - row.getLong("cancelled")
                        - row.getLong("running"),
                    row.getLong("failed"),
                    row.getLong("cancelled"),
                    row.getLong("running"))));
    totals.forEach((step, total) -> rounds.computeIfPresent(step, (any, known) -> known.of(total)));
    return rounds;
  }

  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private static void each(Connection connection, String sql, List<Foreach> steps, RowReader reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, 1, steps);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }

  /** Two parameters: executions and paths. */
  static void bind(
      Connection connection, PreparedStatement statement, int first, List<Foreach> steps)
      throws SQLException {
    statement.setArray(
        first, connection.createArrayOf("text", steps.stream().map(Foreach::execution).toArray()));
    statement.setArray(
        first + 1, connection.createArrayOf("text", steps.stream().map(Foreach::path).toArray()));
  }
}
