package io.penstock.console.deadletter;

import io.penstock.console.projection.HistoryFollower;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells letters what history says of their steps. */
@ApplicationScoped
public class ResolvedLetters implements HistoryFollower {
  private static final String REOPENED =
      "insert into console.step_reopened (execution_id, path, sequence, at) values (?, ?, ?, ?) on conflict do nothing";

  private record Step(String execution, String path) {}

  @Override
  public void follow(Connection connection, List<HistoryRecord> records) throws SQLException {
    Set<Step> steps = new LinkedHashSet<>();
    Set<String> ended = new LinkedHashSet<>();
    for (HistoryRecord record : records) {
      String execution = record.execution().value();
      if (record.status().filter(ExecutionStatus::isEnd).isPresent()) {
        ended.add(execution);
      }
      for (Fact fact : record.facts()) {
        if (fact instanceof Fact.StepFailed failed) {
          steps.add(new Step(execution, failed.path().value()));
        } else if (fact instanceof Fact.StepReopened reopened) {
          steps.add(new Step(execution, reopened.path().value()));
        }
      }
    }
    for (DeadSteps.Dropped dropped : DeadSteps.follow(connection, records)) {
      steps.add(new Step(dropped.execution(), dropped.path()));
    }
    if (steps.isEmpty() && ended.isEmpty()) {
      return;
    }
    reopened(connection, records);
    LettersOfSteps letters = new LettersOfSteps(connection);
    letters.keepLettersOut();
    if (!steps.isEmpty()) {
      letters.priceAndResolve(
          LettersOfSteps.OF_STEPS,
          List.of(
              steps.stream().map(Step::execution).toList(),
              steps.stream().map(Step::path).toList()));
    }
    if (!ended.isEmpty()) {
      letters.resolveThoseOf(ended);
    }
  }

  private static void reopened(Connection connection, List<HistoryRecord> records)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REOPENED)) {
      boolean any = false;
      for (HistoryRecord record : records) {
        for (Fact fact : record.facts()) {
          if (fact instanceof Fact.StepReopened reopened) {
            statement.setString(1, record.execution().value());
            statement.setString(2, reopened.path().value());
            statement.setLong(3, record.sequence());
            statement.setObject(4, record.at().atOffset(ZoneOffset.UTC));
            statement.addBatch();
            any = true;
          }
        }
      }
      if (any) {
        statement.executeBatch();
      }
    }
  }

  @Override
  public void forget(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate console.step_reopened, console.dead_step");
    }
  }
}
