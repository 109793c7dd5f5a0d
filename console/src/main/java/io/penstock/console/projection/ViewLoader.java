package io.penstock.console.projection;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.StepError;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads what is stored of some executions and steps, all but their payloads, to go on from there.
 */
final class ViewLoader {
  private static final String EXECUTIONS =
      """
      select id, workflow, version, status, status_since, waiting_until, started_at, updated_at, ended_at,
             event_source, event_id, event_type, error_type, error_message, error_retriable,
             error_path, input_tokens, output_tokens, cost_micro_usd, last_sequence
      from console.execution where id = any(?)""";
  private static final String STEPS_THAT =
      """
      select execution_id, path, kind, status, first_sequence, first_fact, generation, attempts,
             waiting_for, waiting_until, waiting_since, branch, branch_name, caught_by, output_of,
             error_type, error_message, error_retriable, started_at, ended_at, input_tokens, output_tokens, cost_micro_usd
      from console.step join unnest(?, ?) as %s""";
  private static final String STEPS =
      STEPS_THAT.formatted(
          "touched(e, p) on execution_id = e collate \"C\" and path = p collate \"C\"");
  private static final String AT_WORK_IN_SCOPES =
      STEPS_THAT.formatted(
          """
          ended(e, p)
            on execution_id = e collate "C"
              and path >= (case p when '' then '' else p || '/' end) collate "C"
              and path < (case p when '' then '~' else p || '0' end) collate "C"
          where status in ('RUNNING', 'WAITING')""");
  private static final String ATTEMPTS =
      """
      select execution_id, path, generation, attempt, deliveries, outcome, error_type,
             error_message, error_retriable, requested_at, started_at, ended_at, model,
             input_tokens, output_tokens, cost_micro_usd
      from console.attempt join unnest(?, ?) as touched(e, p)
        on execution_id = e collate "C" and p collate "C" = path""";

  private final Connection connection;
  private final Map<String, ExecutionView> views = new HashMap<>();

  private ViewLoader(Connection connection) {
    this.connection = connection;
  }

  /**
   * The views by id, with the touched ones of their steps; of an execution that is not stored there
   * is none.
   */
  static Map<String, ExecutionView> load(Connection connection, TouchedSteps touched)
      throws SQLException {
    ViewLoader loader = new ViewLoader(connection);
    loader.executions(touched.executions());
    if (!loader.views.isEmpty()) {
      loader.each(STEPS, touched.steps(), loader::step);
      loader.each(ATTEMPTS, touched.steps(), loader::attempt);
      loader.each(AT_WORK_IN_SCOPES, touched.endedScopes(), loader::step);
    }
    return loader.views;
  }

  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void executions(Collection<String> ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EXECUTIONS)) {
      statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
      readAll(statement, this::execution);
    }
  }

  private void each(String sql, Collection<TouchedSteps.Row> places, RowReader reader)
      throws SQLException {
    List<TouchedSteps.Row> stored =
        places.stream().filter(place -> views.containsKey(place.execution())).toList();
    if (stored.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, texts(stored, TouchedSteps.Row::execution));
      statement.setArray(2, texts(stored, TouchedSteps.Row::path));
      readAll(statement, reader);
    }
  }

  private Array texts(List<TouchedSteps.Row> places, Function<TouchedSteps.Row, String> text)
      throws SQLException {
    return connection.createArrayOf("text", places.stream().map(text).toArray());
  }

  private static void readAll(PreparedStatement statement, RowReader reader) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  private void execution(ResultSet row) throws SQLException {
    ExecutionView view = new ExecutionView(row.getString("id"), time(row, "started_at"));
    view.workflow = row.getString("workflow");
    view.version = row.getString("version");
    view.status = ExecutionStatus.valueOf(row.getString("status"));
    view.statusSince = time(row, "status_since");
    view.waitingUntil = time(row, "waiting_until");
    view.updatedAt = time(row, "updated_at");
    view.endedAt = time(row, "ended_at");
    view.eventSource = row.getString("event_source");
    view.eventId = row.getString("event_id");
    view.eventType = row.getString("event_type");
    view.error = error(row);
    view.errorPath = row.getString("error_path");
    view.spent = spent(row);
    view.lastSequence = row.getLong("last_sequence");
    views.put(view.id, view);
  }

  private void step(ResultSet row) throws SQLException {
    StepView step =
        new StepView(
            row.getString("execution_id"),
            row.getString("path"),
            row.getLong("first_sequence"),
            row.getInt("first_fact"),
            time(row, "started_at"));
    step.kind = row.getString("kind");
    step.status = StepView.Status.valueOf(row.getString("status"));
    step.generation = row.getInt("generation");
    step.attempt = row.getInt("attempts");
    step.waitingFor = row.getString("waiting_for");
    step.waitingUntil = time(row, "waiting_until");
    step.waitingSince = time(row, "waiting_since");
    step.branch = row.getObject("branch", Integer.class);
    step.branchName = row.getString("branch_name");
    step.caughtBy = row.getObject("caught_by", Integer.class);
    step.outputOf = row.getString("output_of");
    step.error = error(row);
    step.endedAt = time(row, "ended_at");
    step.spent = spent(row);
    // A step that was touched and stands in an ended scope comes twice, with its attempts first.
    views.get(step.executionId).steps.putIfAbsent(step.path, step);
  }

  private void attempt(ResultSet row) throws SQLException {
    AttemptView attempt =
        new AttemptView(
            row.getString("execution_id"),
            row.getString("path"),
            new AttemptView.Key(row.getInt("generation"), row.getInt("attempt")));
    attempt.deliveries = row.getInt("deliveries");
    attempt.outcome = row.getString("outcome");
    attempt.error = error(row);
    attempt.requestedAt = time(row, "requested_at");
    attempt.startedAt = time(row, "started_at");
    attempt.endedAt = time(row, "ended_at");
    attempt.model = row.getString("model");
    attempt.spent = spent(row);
    views.get(attempt.executionId).steps.get(attempt.path).attempts.put(attempt.key, attempt);
  }

  private static StepError error(ResultSet row) throws SQLException {
    String type = row.getString("error_type");
    return type == null
        ? null
        : new StepError(
            ErrorType.find(type).orElse(ErrorType.INTERNAL),
            row.getString("error_message"),
            row.getBoolean("error_retriable"));
  }

  private static Spent spent(ResultSet row) throws SQLException {
    return new Spent(
        row.getLong("input_tokens"),
        row.getLong("output_tokens"),
        row.getObject("cost_micro_usd", Long.class));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
