package io.penstock.console.replay;

import io.penstock.schema.kafka.DefinitionIndex;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Asks what a replay would do, and changes nothing. */
final class PlanQuery {
  private static final String COUNT =
      "select count(*), count(*) filter (where why is null) from judged";
  private static final String REFUSED =
      "select id, why from judged where why is not null order by at, id limit 200";

  /** Finished steps are looked up in some executions only: the others are like them. */
  private static final String STEPS =
      """
      select workflow, version, step, topic, count(*) as calls,
             count(distinct execution_id) as executions, (array_agg(execution_id))[1:50] as some
      from judged where why is null and kind = 'step'
      group by workflow, version, step, topic order by count(*) desc, step limit 50""";

  private static final String WITHOUT_NUMBERS =
      "array_to_string(array(select p from unnest(string_to_array(%s, '/')) p where p !~ '^[0-9]+$'), '/')";
  private static final String KEPT =
      """
      select distinct %s as path from unnest(?) as x(id)
      cross join lateral (
        select s.path from console.step s
         where s.execution_id = x.id collate "C" and s.status = 'COMPLETED' limit 100) s
      order by 1 limit 100"""
          .formatted(WITHOUT_NUMBERS.formatted("s.path"));

  private static final String COST =
      """
      select round(avg(a.cost_micro_usd))::bigint
      from (select id from console.execution where workflow = ?
            order by started_at desc, id desc limit 200) e
      cross join lateral (
        select t.cost_micro_usd from console.attempt t
         where t.execution_id = e.id and t.outcome is not null and %s = ? limit 20) a"""
          .formatted(WITHOUT_NUMBERS.formatted("t.path"));

  private static final String MODEL =
      """
      select a.model from unnest(?) as x(id)
      join console.attempt a on a.execution_id = x.id collate "C"
      where a.model is not null and %s = ? limit 1"""
          .formatted(WITHOUT_NUMBERS.formatted("a.path"));

  private static final String TOPIC_PREFIX = "penstock.steps.";

  private final Connection connection;
  private final ReplayWish wish;
  private final Judgement judgement;
  private final CallTargets targets;

  /**
   * @param definitions as far as they are known here
   */
  PlanQuery(Connection connection, ReplayWish wish, int maxReplays, DefinitionIndex definitions)
      throws SQLException {
    this.connection = connection;
    this.wish = wish;
    this.judgement = Judgement.of(connection, wish, maxReplays, false);
    this.targets = new CallTargets(definitions, wish.version());
  }

  Plan plan() throws SQLException {
    long[] counts = new long[2];
    judged(
        COUNT,
        row -> {
          counts[0] = row.getLong(1);
          counts[1] = row.getLong(2);
        });
    Judgement.requireAllOf(counts[0]);
    List<Plan.Refused> refused = new ArrayList<>();
    judged(REFUSED, row -> refused.add(new Plan.Refused(row.getString(1), row.getString(2))));
    List<Plan.Step> steps = new ArrayList<>();
    judged(CallTargets.PATHS, targets::take);
    judged(STEPS, row -> steps.add(step(row)));
    List<Plan.Repeat> repeats =
        steps.stream().map(Plan.Step::repeats).flatMap(List::stream).toList();
    Optional<Long> cost =
        repeats.stream()
            .map(each -> each.costMicroUsd().map(one -> one * each.calls()).orElse(null))
            .filter(Objects::nonNull)
            .reduce(Long::sum);
    Optional<PatchTrial> trial = wish.patch().map(PatchTrial::new);
    if (trial.isPresent()) {
      judged(PatchTrial.LETTERS, trial.get()::take);
    }
    return new Plan(
        counts[0],
        counts[1],
        refused,
        steps,
        cost,
        (long) Math.ceil((double) counts[1] / wish.perSecond()),
        trial.map(PatchTrial::changes),
        trial.flatMap(PatchTrial::example),
        trial.map(PatchTrial::tried));
  }

  private Plan.Step step(ResultSet row) throws SQLException {
    Array some = row.getArray("some");
    String workflow = row.getString("workflow");
    String step = row.getString("step");
    List<String> kept = new ArrayList<>();
    ask(KEPT, List.of(some), each -> kept.add(each.getString(1)));
    Long[] cost = new Long[1];
    ask(COST, List.of(workflow, step), each -> cost[0] = each.getObject(1, Long.class));
    long all = row.getLong("calls");
    Map<String, Long> calls = new HashMap<>();
    ask(MODEL, List.of(some, step), each -> calls.put(each.getString(1), all));
    if (calls.isEmpty()) {
      calls.putAll(targets.of(row));
    }
    String topic = row.getString("topic");
    return new Plan.Step(
        workflow,
        row.getString("version"),
        step,
        row.getLong("executions"),
        kept,
        repeats(calls, topic, Optional.ofNullable(cost[0])));
  }

  /** Of whom most is asked first. */
  private List<Plan.Repeat> repeats(
      Map<String, Long> calls, String topic, Optional<Long> costMicroUsd) {
    String kind = topic.startsWith(TOPIC_PREFIX) ? topic.substring(TOPIC_PREFIX.length()) : topic;
    return calls.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(
            each ->
                new Plan.Repeat(kind, each.getKey(), each.getValue(), wish.sameKey(), costMicroUsd))
        .toList();
  }

  /** Takes a row. */
  @FunctionalInterface
  private interface Taking {
    void take(ResultSet row) throws SQLException;
  }

  private void judged(String select, Taking taking) throws SQLException {
    ask(judgement.sql() + select, judgement.values(), taking);
  }

  private void ask(String sql, List<?> values, Taking taking) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Database.bind(statement, values);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          taking.take(row);
        }
      }
    }
  }
}
