package io.penstock.console.projection;

import io.penstock.schema.Topic;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/**
 * The projection in PostgreSQL. Rows and the position up to which they were read change together in
 * one transaction, so that a crash, a repetition or a second reader leaves neither gap nor double.
 */
final class ProjectionStore {
  private final DataSource database;
  private final ProjectionObserver observer;
  private final List<HistoryFollower> followers;

  ProjectionStore(
      DataSource database, ProjectionObserver observer, List<HistoryFollower> followers) {
    this.database = database;
    this.observer = observer;
    this.followers = followers;
  }

  /** Stored position by partition, each one of those asked for. */
  Map<TopicPartition, Long> positions(Collection<TopicPartition> partitions)
      throws SQLException, OvertakenException {
    return Transaction.run(database, connection -> StoredPositions.of(connection, partitions));
  }

  /** Forgets everything, so that it is read again from the beginning of the topic. */
  void clear() throws SQLException, OvertakenException {
    Transaction.run(
        database,
        connection -> {
          StoredPositions.forget(connection, List.of(Topic.HISTORY.topicName()));
          for (HistoryFollower follower : followers) {
            follower.forget(connection);
          }
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                "truncate console.history, console.execution, console.step, console.attempt");
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
        Transaction.run(
            database,
            connection -> {
              Transaction.findByIndex(connection);
              StoredPositions.claim(connection, batch.from());
              Projection projection =
                  new Projection(ViewLoader.load(connection, TouchedSteps.of(batch)));
              batch.entries().forEach(entry -> projection.apply(entry.record()));
              ViewTables.HISTORY.write(connection, batch.entries());
              ViewTables.EXECUTION.write(connection, projection.executions());
              ViewTables.STEP.write(connection, projection.steps());
              ViewTables.ATTEMPT.write(connection, projection.attempts());
              List<HistoryRecord> records =
                  batch.entries().stream().map(HistoryEntry::record).toList();
              for (HistoryFollower follower : followers) {
                follower.follow(connection, records);
              }
              StoredPositions.move(connection, batch.to());
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
        || fact instanceof Fact.ExecutionCancelled
        || fact instanceof Fact.ExecutionCompensated;
  }
}
