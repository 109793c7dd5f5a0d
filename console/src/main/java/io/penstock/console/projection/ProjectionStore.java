package io.penstock.console.projection;

import io.penstock.schema.message.Fact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The projection in PostgreSQL. Rows and the position up to which they were read change together in
 * one transaction, so that a crash, a repetition or a second reader leaves neither gap nor double.
 */
final class ProjectionStore {
  /** Position of a partition that was never read. */
  static final long FROM_THE_BEGINNING = -1;

  private final DataSource database;
  private final ProjectionObserver observer;

  ProjectionStore(DataSource database, ProjectionObserver observer) {
    this.database = database;
    this.observer = observer;
  }

  /** What happens in one transaction. */
  @FunctionalInterface
  private interface Work<T> {
    T in(Connection connection) throws SQLException, OvertakenException;
  }

  /** Stored position by partition, each one of those asked for. */
  Map<Integer, Long> positions(Collection<Integer> partitions)
      throws SQLException, OvertakenException {
    return transaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "insert into console.projection_offset select unnest(?), ? on conflict do nothing")) {
            statement.setArray(1, connection.createArrayOf("int4", partitions.toArray()));
            statement.setLong(2, FROM_THE_BEGINNING);
            statement.executeUpdate();
          }
          return stored(connection, partitions, "");
        });
  }

  /** Forgets everything, so that it is read again from the beginning of the topic. */
  void clear() throws SQLException, OvertakenException {
    transaction(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                "truncate console.projection_offset, console.history, console.execution, console.step, console.attempt");
          }
        });
  }

  /**
   * Writes a batch.
   *
   * @throws OvertakenException if the stored position is not where the batch begins; nothing was
   *     written
   * @throws RuntimeException if an entry makes no sense; nothing was written
   */
  void write(HistoryBatch batch) throws SQLException, OvertakenException {
    Projection written =
        transaction(
            connection -> {
              rowsByIndex(connection);
              claim(connection, batch);
              Projection projection =
                  new Projection(ViewLoader.load(connection, TouchedSteps.of(batch)));
              batch.entries().forEach(entry -> projection.apply(entry.record()));
              ViewTables.HISTORY.write(connection, batch.entries());
              ViewTables.EXECUTION.write(connection, projection.executions());
              ViewTables.STEP.write(connection, projection.steps());
              ViewTables.ATTEMPT.write(connection, projection.attempts());
              move(connection, batch.to());
              return projection;
            });
    tellEnded(batch, written);
  }

  /** After the commit: a batch that is written again must not count twice. */
  private void tellEnded(HistoryBatch batch, Projection written) {
    Set<String> ended = new HashSet<>();
    for (HistoryEntry entry : batch.entries()) {
      if (entry.record().facts().stream().anyMatch(ProjectionStore::ends)) {
        ended.add(entry.record().execution().value());
      }
    }
    for (ExecutionView execution : written.executions()) {
      if (execution.endedAt != null && ended.contains(execution.id)) {
        observer.ended(
            execution.workflow,
            execution.status,
            Duration.between(execution.startedAt, execution.endedAt));
      }
      execution.steps.values().stream()
          .filter(StepView::endsNow)
          .forEach(step -> tellEnded(execution.workflow, step));
    }
  }

  private void tellEnded(String workflow, StepView step) {
    observer.stepEnded(
        workflow, step.kind, step.status.name(), Duration.between(step.startedAt, step.endedAt));
  }

  private static boolean ends(Fact fact) {
    return fact instanceof Fact.ExecutionCompleted
        || fact instanceof Fact.ExecutionFailed
        || fact instanceof Fact.ExecutionCancelled;
  }

  /**
   * Every row that is read has its key in an index. But a young table has no statistics; then, and
   * with a plan kept from when it was empty, PostgreSQL would read all of it for each batch.
   */
  private static void rowsByIndex(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off");
    }
  }

  /** The row lock keeps a second reader of the partition out until this transaction has ended. */
  private static void claim(Connection connection, HistoryBatch batch)
      throws SQLException, OvertakenException {
    Map<Integer, Long> stored =
        stored(connection, batch.from().keySet(), " order by partition for update");
    if (!stored.equals(batch.from())) {
      throw new OvertakenException(
          "read from %s, but the stored positions are %s".formatted(batch.from(), stored));
    }
  }

  private static Map<Integer, Long> stored(
      Connection connection, Collection<Integer> partitions, String suffix) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select partition, next_offset from console.projection_offset where partition = any(?)"
                + suffix)) {
      statement.setArray(1, connection.createArrayOf("int4", partitions.toArray()));
      Map<Integer, Long> positions = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          positions.put(rows.getInt(1), rows.getLong(2));
        }
      }
      return positions;
    }
  }

  private static void move(Connection connection, Map<Integer, Long> to) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            update console.projection_offset o set next_offset = n.next_offset
            from unnest(?, ?) as n(partition, next_offset) where o.partition = n.partition""")) {
      statement.setArray(1, connection.createArrayOf("int4", to.keySet().toArray()));
      statement.setArray(2, connection.createArrayOf("int8", to.values().toArray()));
      statement.executeUpdate();
    }
  }

  private <T> T transaction(Work<T> work) throws SQLException, OvertakenException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      try {
        T result = work.in(connection);
        connection.commit();
        committed = true;
        return result;
      } finally {
        if (!committed) {
          rollback(connection);
        }
        connection.setAutoCommit(true);
      }
    }
  }

  /** A connection that is lost has no transaction left to end. */
  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException ignored) {
      // The failure that led here is the one to tell.
    }
  }
}
