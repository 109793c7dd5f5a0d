package io.penstock.console.projection;

import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepPath;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which steps a batch is about. Only their rows are read: an execution may have tens of thousands
 * of others, and reading those for each batch would cost the more the longer it lasts.
 */
final class TouchedSteps {
  private final Set<String> executions = new LinkedHashSet<>();
  private final Set<Row> steps = new LinkedHashSet<>();
  private final Set<Row> endedScopes = new LinkedHashSet<>();

  /**
   * A row's place.
   *
   * @param path of a step, or of a scope
   */
  record Row(String execution, String path) {}

  static TouchedSteps of(HistoryBatch batch) {
    TouchedSteps touched = new TouchedSteps();
    batch.entries().stream()
        .map(HistoryEntry::record)
        .filter(record -> !ExecutionView.changesNothing(record))
        .forEach(touched::add);
    return touched;
  }

  private void add(HistoryRecord record) {
    String execution = record.execution().value();
    executions.add(execution);
    for (Fact fact : record.facts()) {
      stepOf(fact).ifPresent(path -> steps.add(new Row(execution, path.value())));
      EndedScopes.by(fact).forEach(scope -> endedScopes.add(new Row(execution, scope.value())));
    }
  }

  Set<String> executions() {
    return executions;
  }

  Set<Row> steps() {
    return steps;
  }

  /** Scopes in which what is at work ends without an outcome of its own. */
  Set<Row> endedScopes() {
    return endedScopes;
  }

  private static Optional<StepPath> stepOf(Fact fact) {
    return switch (fact) {
      case Fact.StepPutOff it -> Optional.of(it.path());
      case Fact.AttemptRequested it -> Optional.of(it.path());
      case Fact.AttemptHeld it -> Optional.of(it.path());
      case Fact.AttemptFailed it -> Optional.of(it.path());
      case Fact.AttemptDeferred it -> Optional.of(it.path());
      case Fact.RetryScheduled it -> Optional.of(it.path());
      case Fact.ErrorCaught it -> Optional.of(it.path());
      case Fact.WaitStarted it -> Optional.of(it.path());
      case Fact.BranchTaken it -> Optional.of(it.path());
      case Fact.BranchesStarted it -> Optional.of(it.path());
      case Fact.ItemsFound it -> Optional.of(it.path());
      case Fact.StepCompleted it -> Optional.of(it.path());
      case Fact.StepFailed it -> Optional.of(it.path());
      case Fact.StepReopened it -> Optional.of(it.path());
      case Fact.StepDropped it -> Optional.of(it.path());
      case Fact.StepCompensated it -> Optional.of(it.path());
      // About no step's row.
      case Fact.CompensationRegistered ignored -> Optional.empty();
      case Fact.CompensationStarted ignored -> Optional.empty();
      case Fact.StepCompensationStarted ignored -> Optional.empty();
      case Fact.ExecutionCompensated ignored -> Optional.empty();
      case Fact.FinallyStarted ignored -> Optional.empty();
      case Fact.ItemsStarted ignored -> Optional.empty();
      case Fact.ScopeEnded ignored -> Optional.empty();
      case Fact.ScopesCancelled ignored -> Optional.empty();
      case Fact.ScopesLeft ignored -> Optional.empty();
      case Fact.ExecutionStarted ignored -> Optional.empty();
      case Fact.ExecutionSuspended ignored -> Optional.empty();
      case Fact.ExecutionMoved ignored -> Optional.empty();
      case Fact.ExecutionPaused ignored -> Optional.empty();
      case Fact.ExecutionResumed ignored -> Optional.empty();
      case Fact.ExecutionCompleted ignored -> Optional.empty();
      case Fact.ExecutionFailed ignored -> Optional.empty();
      case Fact.ExecutionCancelled ignored -> Optional.empty();
      case Fact.ExecutionForgotten ignored -> Optional.empty();
      case Fact.WakeUpSet ignored -> Optional.empty();
      case Fact.InputIgnored ignored -> Optional.empty();
    };
  }
}
