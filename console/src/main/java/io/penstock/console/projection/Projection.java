package io.penstock.console.projection;

import io.penstock.schema.message.HistoryRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds a batch of history into rows, in memory, so that an execution which moves several times in
 * a batch is written once. Knows nothing of a database.
 */
final class Projection {
  private final Map<String, ExecutionView> views;

  /**
   * @param known views of executions that were stored before, by id
   */
  Projection(Map<String, ExecutionView> known) {
    this.views = new HashMap<>(known);
  }

  /**
   * Applies a record, once: a repetition changes nothing.
   *
   * @throws RuntimeException on a record that makes no sense; the views are unusable then
   */
  void apply(HistoryRecord record) {
    if (ExecutionView.changesNothing(record)) {
      return;
    }
    views
        .computeIfAbsent(record.execution().value(), id -> new ExecutionView(id, record.at()))
        .apply(record);
  }

  Collection<ExecutionView> executions() {
    return views.values().stream().filter(view -> view.changed).toList();
  }

  List<StepView> steps() {
    return views.values().stream()
        .flatMap(view -> view.steps.values().stream())
        .filter(step -> step.changed)
        .toList();
  }

  List<AttemptView> attempts() {
    return views.values().stream()
        .flatMap(view -> view.steps.values().stream())
        .flatMap(step -> step.attempts.values().stream())
        .filter(attempt -> attempt.changed)
        .toList();
  }
}
