package io.penstock.console.replay;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.kafka.DefinitionIndex;
import io.penstock.schema.message.StepPath;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whom the dead steps of a replay call: the Api or Channel that stands at each step's place in the
 * version with which its execution would go on.
 */
final class CallTargets {
  /**
   * An execution may have been moved since its letter was written. In one version a step of this
   * name stands at one place, whatever the numbers in its path.
   */
  static final String PATHS =
      """
      select j.workflow, j.version, j.step, j.topic, e.version as now, min(j.path) as path,
             count(*) as calls
      from judged j join console.execution e on e.id = j.execution_id
      where j.why is null and j.kind = 'step'
      group by j.workflow, j.version, j.step, j.topic, e.version""";

  private final DefinitionIndex definitions;
  private final Optional<String> version;
  private final Map<Group, Map<String, Long>> calls = new LinkedHashMap<>();

  private record Group(String workflow, String version, String step, String topic) {
    static Group of(ResultSet row) throws SQLException {
      return new Group(
          row.getString("workflow"),
          row.getString("version"),
          row.getString("step"),
          row.getString("topic"));
    }
  }

  /**
   * @param version with which all are to go on, if one was asked for
   */
  CallTargets(DefinitionIndex definitions, Optional<String> version) {
    this.definitions = definitions;
    this.version = version;
  }

  /** A row of {@link #PATHS}. */
  void take(ResultSet row) throws SQLException {
    Group group = Group.of(row);
    String target =
        target(group.workflow(), version.orElse(row.getString("now")), row.getString("path"))
            .orElse(group.step());
    calls
        .computeIfAbsent(group, any -> new LinkedHashMap<>())
        .merge(target, row.getLong("calls"), Long::sum);
  }

  /**
   * @return calls by target; the step's name stands for one that is not known
   */
  Map<String, Long> of(ResultSet step) throws SQLException {
    Group group = Group.of(step);
    return calls.getOrDefault(group, Map.of(group.step(), step.getLong("calls")));
  }

  private Optional<String> target(String workflow, String of, String path) {
    return definitions
        .workflow(workflow, of)
        .flatMap(definition -> definition.step(new StepPath(path)))
        .map(Step::action)
        .flatMap(CallTargets::called);
  }

  private static Optional<String> called(Action action) {
    return switch (action) {
      case Action.Enrich enrich -> Optional.of(enrich.api());
      case Action.NotifyApi notify -> Optional.of(notify.api());
      case Action.NotifyChannel notify -> Optional.of(notify.channel());
      case Action.Llm ignored -> Optional.empty(); // which model it was says the attempt
      case Action.Route ignored -> Optional.empty(); // calls nobody
      case Action.Parallel ignored -> Optional.empty();
      case Action.Foreach ignored -> Optional.empty();
      case Action.Wait ignored -> Optional.empty();
    };
  }
}
