package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads executions with the first of their steps; only outputs are asked for one by one. */
final class DetailQuery {
  /**
   * Payloads of so many at once as fit into memory without a thought; see {@link #ENOUGH_BYTES}.
   */
  private static final String EXECUTIONS =
      "select "
          + ExecutionList.COLUMNS
          + """
            , input is not null as has_input, case when bytes <= ? then input end as input,
            output is not null as has_output, case when bytes <= ? then output end as output
            from (
              select *, sum(coalesce(octet_length(input::text), 0)
                            + coalesce(octet_length(output::text), 0)) over (order by id) as bytes
              from console.execution where id = any(?)) sized""";

  /** Above what one execution can have. */
  private static final int ENOUGH_BYTES = 16 << 20;

  private final Connection connection;

  DetailQuery(Connection connection) {
    this.connection = connection;
  }

  /** Those that are known, in the order of the ids. */
  List<ExecutionDetail> find(List<String> ids) throws SQLException {
    PayloadBudget budget = new PayloadBudget(PayloadBudget.DEFAULT_BYTES);
    Map<String, ExecutionHead> heads = heads(ids);
    if (heads.isEmpty()) {
      return List.of();
    }
    Map<String, StepPage> steps =
        new StepPages(connection, StepFilter.firstOf(heads.size()), budget).of(heads);
    Map<String, List<ExecutionDetail.WaitsFor>> waits =
        WaitsQuery.of(
            connection,
            heads.values().stream().map(ExecutionHead::summary).toList(),
            WaitsQuery.MOST);
    return ids.stream()
        .distinct()
        .map(heads::get)
        .filter(Objects::nonNull)
        .map(head -> detail(head, steps.get(head.id()), waits.get(head.id()), budget))
        .toList();
  }

  Optional<StepPage> steps(String id, StepFilter filter) throws SQLException {
    Optional<ExecutionHead> head = Optional.ofNullable(heads(List.of(id)).get(id));
    return head.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StepPages(connection, filter, new PayloadBudget(PayloadBudget.DEFAULT_BYTES))
                .of(head.get()));
  }

  private static ExecutionDetail detail(
      ExecutionHead head,
      StepPage steps,
      List<ExecutionDetail.WaitsFor> waitsFor,
      PayloadBudget budget) {
    Optional<Json> output = budget.take(head.output());
    Optional<Json> input = budget.take(head.input());
    List<String> leftOut = new ArrayList<>();
    if (head.hasInput() && input.isEmpty()) {
      leftOut.add("input");
    }
    if (head.hasOutput() && output.isEmpty()) {
      leftOut.add("output");
    }
    return new ExecutionDetail(
        head.summary(),
        waitsFor,
        input,
        output,
        Optional.of(leftOut).filter(names -> !names.isEmpty()),
        steps.steps(),
        steps.next(),
        Optional.empty(),
        Optional.empty());
  }

  private Map<String, ExecutionHead> heads(List<String> ids) throws SQLException {
    Map<String, ExecutionHead> found = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(EXECUTIONS)) {
      statement.setInt(1, ENOUGH_BYTES);
      statement.setInt(2, ENOUGH_BYTES);
      statement.setArray(3, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.put(
              row.getString("id"),
              new ExecutionHead(
                  ExecutionList.summary(row),
                  Rows.json(row, "input"),
                  row.getBoolean("has_input"),
                  Rows.json(row, "output"),
                  row.getBoolean("has_output")));
        }
      }
    }
    return found;
  }
}
