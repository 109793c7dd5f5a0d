package io.penstock.console.deadletter;

import io.penstock.console.projection.EndedScopes;
import io.penstock.schema.definition.Compensation;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Steps that wait for their replay, and those that their execution then went on without: it began
 * to be undone, a branch or round was dropped, or an operator let a compensation be. A step is
 * written down when it dies, not when it is dropped: the first is rare, the second is not.
 */
final class DeadSteps {
  private static final String DIED =
      "insert into console.dead_step (execution_id, path, sequence, fact) values (?, ?, ?, ?) on conflict do nothing";

  /** A scope without a name is the root: all. What dropped it first counts. */
  private static final String DROP =
      """
      update console.dead_step s set dropped_at = f.at
      from (select d.execution_id, d.path, d.sequence, d.fact, min(t.at) as at
            from unnest(?::text[], ?::text[], ?::bigint[], ?::integer[], ?::timestamptz[])
                   as t(execution, scope, sequence, fact, at)
            join console.dead_step d on d.execution_id = t.execution collate "C"
             and (d.sequence, d.fact) < (t.sequence, t.fact)
             and (t.scope = '' or starts_with(d.path, t.scope || '/'))
            where d.dropped_at is null
            group by d.execution_id, d.path, d.sequence, d.fact) f
      where s.execution_id = f.execution_id and s.path = f.path and s.sequence = f.sequence
        and s.fact = f.fact
      returning s.execution_id, s.path""";

  private DeadSteps() {}

  /** A step whose letter nobody needs to deal with any more. */
  record Dropped(String execution, String path) {}

  private record Drop(HistoryRecord record, int fact, ScopePath scope) {}

  /**
   * @return those that were dropped by these records
   */
  static List<Dropped> follow(Connection connection, List<HistoryRecord> records)
      throws SQLException {
    List<Drop> drops = new ArrayList<>();
    try (PreparedStatement died = connection.prepareStatement(DIED)) {
      boolean any = false;
      for (HistoryRecord record : records) {
        for (int i = 0; i < record.facts().size(); i++) {
          Fact fact = record.facts().get(i);
          if (fact instanceof Fact.ExecutionSuspended suspended && suspended.path().isPresent()) {
            bind(died, record, suspended.path().get(), i);
            any = true;
          }
          for (ScopePath scope : droppedBy(fact)) {
            drops.add(new Drop(record, i, scope));
          }
        }
      }
      if (any) {
        died.executeBatch();
      }
    }
    return drops.isEmpty() ? List.of() : drop(connection, drops);
  }

  private static void bind(PreparedStatement died, HistoryRecord record, StepPath path, int fact)
      throws SQLException {
    died.setString(1, record.execution().value());
    died.setString(2, path.value());
    died.setLong(3, record.sequence());
    died.setInt(4, fact);
    died.addBatch();
  }

  /** When compensation begins, a step that is dead is none of those that are awaited. */
  private static Set<ScopePath> droppedBy(Fact fact) {
    return switch (fact) {
      case Fact.CompensationStarted ignored -> Set.of(ScopePath.ROOT);
      case Fact.StepCompensated it -> Set.of(it.path().slot(Compensation.SLOT));
      default -> EndedScopes.by(fact);
    };
  }

  private static List<Dropped> drop(Connection connection, List<Drop> drops) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DROP)) {
      array(statement, 1, "text", drops.stream().map(it -> it.record().execution().value()));
      array(statement, 2, "text", drops.stream().map(it -> it.scope().value()));
      array(statement, 3, "bigint", drops.stream().map(it -> it.record().sequence()));
      array(statement, 4, "integer", drops.stream().map(Drop::fact));
      array(
          statement,
          5,
          "timestamptz",
          drops.stream().map(it -> it.record().at().atOffset(ZoneOffset.UTC).toString()));
      List<Dropped> dropped = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          dropped.add(new Dropped(row.getString(1), row.getString(2)));
        }
      }
      return dropped;
    }
  }

  private static void array(PreparedStatement statement, int place, String type, Stream<?> values)
      throws SQLException {
    statement.setArray(place, statement.getConnection().createArrayOf(type, values.toArray()));
  }
}
