package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts pages of steps together: bounded in number and in bytes, however many steps and whatever
 * payloads there are.
 */
final class StepPages {
  private final Connection connection;
  private final StepFilter filter;
  private final PayloadBudget budget;

  StepPages(Connection connection, StepFilter filter, PayloadBudget budget) {
    this.connection = connection;
    this.filter = filter;
    this.budget = budget;
  }

  /** A page of one execution; its filter may name a status. */
  StepPage of(ExecutionHead execution) throws SQLException {
    return of(Map.of(execution.id(), execution), filter.status().map(execution::stored))
        .get(execution.id());
  }

  /** The first page of each. */
  Map<String, StepPage> of(Map<String, ExecutionHead> executions) throws SQLException {
    return of(executions, Optional.empty());
  }

  private Map<String, StepPage> of(
      Map<String, ExecutionHead> executions, Optional<List<String>> statuses) throws SQLException {
    List<Foreach> folded =
        filter.everyRound()
            ? List.of()
            : Foreach.outermost(connection, executions.keySet(), filter.under());
    StepQuery query = new StepQuery(connection);
    Map<String, List<StepRow>> found = query.steps(executions.keySet(), filter, statuses, folded);
    Map<String, List<StepRow>> shown = new LinkedHashMap<>();
    found.forEach(
        (id, rows) -> shown.put(id, rows.subList(0, Math.min(rows.size(), filter.limit()))));
    Beside beside = beside(query, shown.values().stream().flatMap(List::stream).toList());
    Map<String, StepPage> pages = new HashMap<>();
    for (Map.Entry<String, List<StepRow>> each : shown.entrySet()) {
      List<StepRow> rows = each.getValue();
      boolean more = found.get(each.getKey()).size() > rows.size();
      pages.put(
          each.getKey(),
          new StepPage(
              details(executions.get(each.getKey()), rows, beside),
              more ? Optional.of(rows.getLast().place().encode()) : Optional.empty()));
    }
    return pages;
  }

  /** What belongs to steps and stands in other rows than theirs. */
  private record Beside(
      Map<StepQuery.Key, StepQuery.Attempts> attempts, Map<Foreach, StepDetail.Rounds> rounds) {
    StepQuery.Attempts attemptsOf(StepRow row) {
      return attempts.getOrDefault(
          new StepQuery.Key(row.executionId(), row.path()), StepQuery.Attempts.NONE);
    }

    Optional<StepDetail.Rounds> roundsOf(StepRow row) {
      return row.foreach().map(rounds::get);
    }
  }

  private Beside beside(StepQuery query, List<StepRow> rows) throws SQLException {
    return new Beside(
        query.attempts(rows),
        Foreach.rounds(connection, rows.stream().flatMap(row -> row.foreach().stream()).toList()));
  }

  private List<StepDetail> details(ExecutionHead execution, List<StepRow> rows, Beside beside)
      throws SQLException {
    OutputRows outputs = outputsFor(execution.id(), rows);
    return rows.stream()
        .map(row -> detail(execution, row, beside.attemptsOf(row), beside.roundsOf(row), outputs))
        .toList();
  }

  private OutputRows outputsFor(String execution, List<StepRow> rows) throws SQLException {
    Set<String> paths = new LinkedHashSet<>();
    for (StepRow row : rows) {
      paths.add(row.path());
      row.readSteps().forEach(step -> paths.addAll(row.placesOf(step)));
    }
    OutputRows outputs = new OutputRows(connection, execution);
    outputs.load(paths);
    return outputs;
  }

  private StepDetail detail(
      ExecutionHead execution,
      StepRow row,
      StepQuery.Attempts attempts,
      Optional<StepDetail.Rounds> rounds,
      OutputRows rows) {
    StepOutputs outputs = new StepOutputs(rows);
    Optional<Json> inputs =
        new StepInputs(execution.input(), seenBy(row, rows, outputs)).of(row.reads());
    Optional<Json> output = outputs.of(row.path());
    Optional<Json> shownOutput = budget.take(output);
    Optional<Json> shownInputs = budget.take(inputs);
    List<String> leftOut = new ArrayList<>();
    if (!shownInputs.equals(inputs)) {
      leftOut.add("inputs");
    }
    if (!shownOutput.equals(output)) {
      leftOut.add("output");
    }
    String status = execution.shown(row.status());
    boolean waits = status.equals(row.status());
    return new StepDetail(
        row.path(),
        row.kind(),
        status,
        row.waitingFor().filter(any -> waits),
        row.waitingUntil().filter(any -> waits),
        row.generation(),
        attempts.latest(),
        Optional.of(attempts.before()).filter(before -> before > 0),
        shownInputs,
        shownOutput,
        Optional.of(leftOut).filter(names -> !names.isEmpty()),
        row.branch(),
        rounds,
        row.error(),
        row.caughtBy(),
        row.startedAt(),
        row.endedAt(),
        ExecutionSummary.millisBetween(Optional.of(row.startedAt()), row.endedAt()),
        row.consumption());
  }

  /** By id, outputs of the nearest step of that name. */
  private static Map<String, Json> seenBy(StepRow row, OutputRows rows, StepOutputs outputs) {
    Map<String, Json> seen = new HashMap<>();
    for (String step : row.readSteps()) {
      row.placesOf(step).stream()
          .filter(path -> rows.at(path).isPresent())
          .findFirst()
          .flatMap(outputs::of)
          .ifPresent(output -> seen.put(step, output));
    }
    return seen;
  }
}
