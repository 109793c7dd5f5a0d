package io.penstock.console.deadletter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;

/**
 * What history says of letters: which were resolved, and what their attempts cost. A letter and its
 * history are read by two who know nothing of each other, in any order; whoever comes second finds
 * what the first has written. A lock keeps them from missing each other: without it each would look
 * before the other has committed.
 */
final class LettersOfSteps {
  static final String NEW = "l.id = any(?)";
  static final String OF_STEPS =
      """
      l.id in (select d.id from unnest(?::text[], ?::text[]) as t(execution, path)
               join console.dead_letter d
                 on d.execution_id = t.execution collate "C" and d.path = t.path collate "C")""";

  /** By the broker's clock; what came first counts, in whatever order it was read. */
  private static final String RESOLVE =
      """
      update console.dead_letter r set status = 'resolved', status_at = e.at
      from (select l.id, min(e.at) as at from console.dead_letter l
            cross join lateral (
              select o.at from console.step_reopened o
               where o.execution_id = l.execution_id and o.path = l.path
                 and o.sequence > l.source_offset
              union all
              select d.dropped_at from console.dead_step d
               where d.execution_id = l.execution_id and d.path = l.path
                 and d.sequence >= l.source_offset and d.dropped_at is not null
              union all
              select x.ended_at from console.execution x
               where x.id = l.execution_id and x.ended_at is not null) e
            where {which} and l.kind = 'step' and l.status in ('open', 'replaying', 'parked')
            group by l.id) e
      where r.id = e.id""";

  /** Of the attempts since the letter before: together the letters of a step have them all once. */
  private static final String PRICE =
      """
      update console.dead_letter r set cost_micro_usd = c.cost
      from (select l.id, l.cost_micro_usd as known,
                   (select sum(a.cost_micro_usd)::bigint from console.attempt a
                     where a.execution_id = l.execution_id and a.path = l.path
                       and (a.generation, a.attempt) <= (l.generation, l.attempt)
                       and (p.attempt is null
                            or (a.generation, a.attempt) > (p.generation, p.attempt))) as cost
            from console.dead_letter l
            left join lateral (
              select p.generation, p.attempt from console.dead_letter p
               where p.execution_id = l.execution_id and p.path = l.path
                 and (p.generation, p.attempt) < (l.generation, l.attempt)
               order by p.generation desc, p.attempt desc limit 1) p on true
            where {which} and l.kind = 'step') c
      where r.id = c.id and c.cost is not null and c.cost is distinct from c.known""";

  /** Any number that nobody else uses. */
  private static final long LOCK = 0x70656e73746f636bL;

  private final Connection connection;

  LettersOfSteps(Connection connection) {
    this.connection = connection;
  }

  /** For who writes letters: until the transaction's end nobody writes history about them. */
  void keepHistoryOut() throws SQLException {
    lock("pg_advisory_xact_lock");
  }

  /** For who writes history, at the same time as others who do. */
  void keepLettersOut() throws SQLException {
    lock("pg_advisory_xact_lock_shared");
  }

  /**
   * @param which {@link #NEW} or {@link #OF_STEPS}
   * @param values of its parameters
   */
  void priceAndResolve(String which, List<Collection<String>> values) throws SQLException {
    run(PRICE.replace("{which}", which), values);
    run(RESOLVE.replace("{which}", which), values);
  }

  /** Those of executions that have ended; what their attempts cost was known before. */
  void resolveThoseOf(Collection<String> executions) throws SQLException {
    run(RESOLVE.replace("{which}", "l.execution_id = any(?)"), List.of(executions));
  }

  private void run(String sql, List<Collection<String>> values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setArray(i + 1, connection.createArrayOf("text", values.get(i).toArray()));
      }
      statement.executeUpdate();
    }
  }

  private void lock(String how) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select " + how + "(" + LOCK + ")");
    }
  }
}
