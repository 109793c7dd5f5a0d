package io.penstock.console.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.Objects;
import java.util.Optional;

/** Reads whole executions: three queries, however many are asked for. */
final class DetailQuery {
  private static final String EXECUTIONS =
      "select "
          + ExecutionList.COLUMNS
          + ", input, output from console.execution where id = any(?)";
  private static final String STEPS =
      """
      select execution_id, path, kind, status, generation, reads, waiting_for, waiting_until,
             branch, branch_name, caught_by, output, output_of, error_type, error_message,
             error_retriable, started_at, ended_at, input_tokens, output_tokens, cost_micro_usd
      from console.step where execution_id = any(?)
      order by first_sequence, first_fact, path""";
  private static final String ATTEMPTS =
      """
      select execution_id, path, generation, attempt, deliveries, outcome, error_type,
             error_message, error_retriable, requested_at, started_at, ended_at, model,
             input_tokens, output_tokens, cost_micro_usd
      from console.attempt where execution_id = any(?)
      order by generation, attempt""";
  private static final String HISTORY =
      "select record from console.history where execution_id = any(?) order by sequence";

  private final Connection connection;

  DetailQuery(Connection connection) {
    this.connection = connection;
  }

  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  List<ExecutionDetail> find(List<String> ids) throws SQLException {
    Map<String, DetailBuilder> found = new LinkedHashMap<>();
    each(
        EXECUTIONS,
        ids,
        row ->
            found.put(
                row.getString("id"),
                new DetailBuilder(
                    ExecutionList.summary(row), json(row, "input"), json(row, "output"))));
    if (!found.isEmpty()) {
      each(STEPS, found.keySet(), row -> found.get(row.getString("execution_id")).add(step(row)));
      each(
          ATTEMPTS,
          found.keySet(),
          row -> found.get(row.getString("execution_id")).add(row.getString("path"), attempt(row)));
    }
    return ids.stream()
        .distinct()
        .map(found::get)
        .filter(Objects::nonNull)
        .map(DetailBuilder::build)
        .toList();
  }

  List<Json> history(String id) throws SQLException {
    List<Json> records = new ArrayList<>();
    each(HISTORY, List.of(id), row -> records.add(json(row, "record").orElseThrow()));
    return records;
  }

  private void each(String sql, Collection<String> ids, RowReader reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
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
        row.getInt("generation"),
        json(row, "reads").map(DetailQuery::texts).orElse(List.of()),
        json(row, "output"),
        Rows.text(row, "output_of"),
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

  private static Optional<Json> json(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(text.getBytes(UTF_8)));
    } catch (JsonProcessingException e) {
      throw new SQLException("column " + column + " holds JSON over our own limits", e);
    }
  }
}
