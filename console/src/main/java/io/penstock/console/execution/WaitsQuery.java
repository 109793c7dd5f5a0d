package io.penstock.console.execution;

import io.penstock.console.execution.ExecutionDetail.WaitsFor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What executions wait for; of steps that wait for time, those that are due first. */
final class WaitsQuery {
  private static final int MOST = 20;
  private static final String WAITING_STEPS =
      """
      select * from (
        select execution_id, path, waiting_for, waiting_until,
               row_number() over (partition by execution_id order by waiting_until, path) as place
        from console.step where execution_id = any(?) and waiting_for is not null) numbered
      where place <= ?
      order by execution_id, place""";

  private WaitsQuery() {}

  /** By execution. */
  static Map<String, List<WaitsFor>> of(Connection connection, Collection<ExecutionHead> executions)
      throws SQLException {
    List<String> waiting =
        executions.stream()
            .map(ExecutionHead::summary)
            .filter(summary -> withoutSteps(summary).isEmpty())
            .map(ExecutionSummary::id)
            .toList();
    Map<String, List<WaitsFor>> steps =
        waiting.isEmpty() ? Map.of() : waitingSteps(connection, waiting);
    Map<String, List<WaitsFor>> found = new HashMap<>();
    for (ExecutionHead execution : executions) {
      ExecutionSummary summary = execution.summary();
      found.put(
          summary.id(),
          withoutSteps(summary)
              .orElseGet(
                  () ->
                      steps.getOrDefault(
                          summary.id(),
                          List.of(
                              new WaitsFor("timer", Optional.empty(), summary.waitingUntil())))));
    }
    return found;
  }

  /** Empty if the steps have to be asked. */
  private static Optional<List<WaitsFor>> withoutSteps(ExecutionSummary summary) {
    return switch (summary.status()) {
      case RUNNING, COMPLETED, CANCELLED, FAILED, COMPENSATED -> Optional.of(List.of());
      case COMPENSATING ->
          summary.waitingUntil().isPresent() ? Optional.empty() : Optional.of(List.of());
      case FAILED_TO_COMPENSATE ->
          Optional.of(List.of(new WaitsFor("operator", Optional.empty(), Optional.empty())));
      case WAITING -> Optional.empty();
      case PAUSED ->
          Optional.of(List.of(new WaitsFor("resume", Optional.empty(), Optional.empty())));
      case SUSPENDED ->
          Optional.of(
              List.of(
                  new WaitsFor(
                      "replay",
                      summary.error().flatMap(ExecutionSummary.Failure::path),
                      Optional.empty())));
    };
  }

  private static Map<String, List<WaitsFor>> waitingSteps(
      Connection connection, List<String> executions) throws SQLException {
    Map<String, List<WaitsFor>> found = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(WAITING_STEPS)) {
      statement.setArray(1, connection.createArrayOf("text", executions.toArray()));
      statement.setInt(2, MOST);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found
              .computeIfAbsent(row.getString("execution_id"), any -> new ArrayList<>())
              .add(
                  new WaitsFor(
                      row.getString("waiting_for"),
                      Rows.text(row, "path"),
                      Rows.time(row, "waiting_until")));
        }
      }
    }
    return found;
  }
}
