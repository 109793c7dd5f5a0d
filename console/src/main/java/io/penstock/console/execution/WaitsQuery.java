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
  /** Of an execution that is shown alone, or with its steps. */
  static final int MOST = 20;

  private static final String WAITING_STEPS =
      """
      select s.* from unnest(?) as asked(id) cross join lateral (
        select execution_id, path, waiting_for, waiting_since, waiting_until
        from console.step
        where execution_id = asked.id collate "C" and waiting_for is not null
        order by waiting_until, path limit ?) s""";

  private WaitsQuery() {}

  /**
   * By execution.
   *
   * @param most how many steps of each
   */
  static Map<String, List<WaitsFor>> of(
      Connection connection, Collection<ExecutionSummary> executions, int most)
      throws SQLException {
    List<String> waiting =
        executions.stream()
            .filter(summary -> withoutSteps(summary).isEmpty())
            .map(ExecutionSummary::id)
            .toList();
    Map<String, List<WaitsFor>> steps =
        waiting.isEmpty() ? Map.of() : waitingSteps(connection, waiting, most);
    Map<String, List<WaitsFor>> found = new HashMap<>();
    for (ExecutionSummary summary : executions) {
      found.put(
          summary.id(),
          withoutSteps(summary)
              .orElseGet(
                  () ->
                      steps.getOrDefault(
                          summary.id(),
                          List.of(
                              new WaitsFor(
                                  "timer",
                                  Optional.empty(),
                                  summary.statusSince(),
                                  summary.waitingUntil())))));
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
          Optional.of(
              List.of(
                  new WaitsFor(
                      "operator", Optional.empty(), summary.statusSince(), Optional.empty())));
      case WAITING -> Optional.empty();
      case PAUSED ->
          Optional.of(
              List.of(
                  new WaitsFor(
                      "resume", Optional.empty(), summary.statusSince(), Optional.empty())));
      case SUSPENDED ->
          Optional.of(
              List.of(
                  new WaitsFor(
                      "replay",
                      summary.error().flatMap(ExecutionSummary.Failure::path),
                      summary.statusSince(),
                      Optional.empty())));
    };
  }

  private static Map<String, List<WaitsFor>> waitingSteps(
      Connection connection, List<String> executions, int most) throws SQLException {
    Map<String, List<WaitsFor>> found = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(WAITING_STEPS)) {
      statement.setArray(1, connection.createArrayOf("text", executions.toArray()));
      statement.setInt(2, most);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found
              .computeIfAbsent(row.getString("execution_id"), any -> new ArrayList<>())
              .add(
                  new WaitsFor(
                      row.getString("waiting_for"),
                      Rows.text(row, "path"),
                      Rows.time(row, "waiting_since"),
                      Rows.time(row, "waiting_until")));
        }
      }
    }
    return found;
  }
}
