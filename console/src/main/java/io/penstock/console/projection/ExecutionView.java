package io.penstock.console.projection;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Row of {@code console.execution} with those of its steps: what the history of one execution adds
 * up to. Takes facts in any completeness: history that retention has cut begins in the middle.
 */
final class ExecutionView {
  static final long NO_SEQUENCE = -1;

  final String id;
  final Instant startedAt;
  final Map<String, StepView> steps = new LinkedHashMap<>();

  String workflow;
  String version;
  ExecutionStatus status;

  /** Null where an older console wrote the row, until the status changes. */
  Instant statusSince;

  Instant waitingUntil;
  Instant updatedAt;
  Instant endedAt;
  String eventSource;
  String eventId;
  String eventType;

  /** Null also when it was loaded again, as is the output: what is written is not read back. */
  Json input;

  Json output;
  StepError error;
  String errorPath;
  Spent spent = Spent.NOTHING;
  long lastSequence = NO_SEQUENCE;
  boolean changed;

  ExecutionView(String id, Instant startedAt) {
    this.id = id;
    this.startedAt = startedAt;
  }

  /** Whether the record leaves the execution, which may not even exist, as it was. */
  static boolean changesNothing(HistoryRecord record) {
    return record.status().isEmpty()
        || record.version().isEmpty()
        || record.facts().stream().allMatch(ExecutionView::isBookkeeping);
  }

  private static boolean isBookkeeping(Fact fact) {
    return fact instanceof Fact.InputIgnored
        || fact instanceof Fact.ExecutionForgotten
        || fact instanceof Fact.WakeUpSet;
  }

  /** Applies the record unless it, or a later one, has been applied before. */
  void apply(HistoryRecord record) {
    if (record.sequence() <= lastSequence) {
      return;
    }
    lastSequence = record.sequence();
    workflow = record.workflow();
    version = record.version().orElse(version);
    ExecutionStatus before = status;
    status = record.status().orElse(status);
    statusSince = status == before ? statusSince : record.at();
    waitingUntil = record.waitingUntil().orElse(null);
    updatedAt = record.at();
    endedAt = status.isEnd() ? (endedAt == null ? record.at() : endedAt) : null;
    changed = true;
    List<Fact> facts = record.facts();
    for (int index = 0; index < facts.size(); index++) {
      apply(facts.get(index), record, index);
    }
  }

  private void apply(Fact fact, HistoryRecord record, int index) {
    Instant at = record.at();
    switch (fact) {
      case Fact.ExecutionStarted started -> {
        eventSource = started.eventSource();
        eventId = started.eventId();
        eventType = started.eventType();
        input = started.input();
      }
      case Fact.StepPutOff it -> step(it.path(), record, index).putOff(it, at);
      case Fact.AttemptRequested it -> step(it.path(), record, index).requested(it, at);
      case Fact.AttemptHeld it -> step(it.path(), record, index).held(it, at);
      case Fact.AttemptFailed it -> {
        step(it.path(), record, index).attemptFailed(it);
        consumed(it.usage());
      }
      case Fact.AttemptDeferred it -> step(it.path(), record, index).deferred(it, at);
      case Fact.RetryScheduled it -> step(it.path(), record, index).retryScheduled(it, at);
      case Fact.ErrorCaught it -> step(it.path(), record, index).caught(it);
      case Fact.WaitStarted it -> step(it.path(), record, index).waitStarted(it, at);
      case Fact.FinallyStarted ignored -> {} // its steps tell
      case Fact.BranchTaken it -> step(it.path(), record, index).branchTaken(it);
      case Fact.StepCompleted it -> {
        step(it.path(), record, index).completed(it, at);
        consumed(it.usage());
      }
      case Fact.StepFailed it -> step(it.path(), record, index).failed(it, at);
      case Fact.StepReopened it -> {
        step(it.path(), record, index).reopened(it);
        if (!isCompensation(it.path())) {
          failed(null, Optional.empty());
        }
      }
      case Fact.ExecutionSuspended it -> {
        if (it.path().filter(ExecutionView::isCompensation).isEmpty()) {
          failed(it.error(), it.path());
        }
      }
      case Fact.ExecutionFailed it -> failed(it.error(), it.path());
      case Fact.ExecutionCompleted completed -> {
        output = completed.output();
        failed(null, Optional.empty());
      }
      case Fact.ExecutionCancelled ignored -> {}
      case Fact.CompensationRegistered ignored -> {}
      case Fact.CompensationStarted it -> failed(it.error().orElse(error), it.path());
      case Fact.StepDropped it -> step(it.path(), record, index).dropped(at);
      case Fact.StepCompensationStarted ignored -> {} // its step tells
      case Fact.StepCompensated it -> step(it.path(), record, index).compensated(it);
      case Fact.ExecutionCompensated ignored -> {} // the error that led to it stays
      case Fact.BranchesStarted it -> step(it.path(), record, index).forked("parallel");
      case Fact.ItemsFound it -> step(it.path(), record, index).forked("foreach");
      case Fact.ItemsStarted ignored -> {} // their steps tell
      case Fact.ScopeEnded it -> scopesEnded(it, record);
      case Fact.ScopesCancelled it -> scopesEnded(it, record);
      case Fact.ScopesLeft ignored -> {} // they go on
      // Status, version and waiting time stand in the record itself.
      case Fact.ExecutionMoved ignored -> {}
      case Fact.ExecutionPaused ignored -> {}
      case Fact.ExecutionResumed ignored -> {}
      case Fact.WakeUpSet ignored -> {}
      case Fact.ExecutionForgotten ignored -> {}
      case Fact.InputIgnored ignored -> {}
    }
  }

  private StepView step(StepPath path, HistoryRecord record, int index) {
    return steps.computeIfAbsent(
        path.value(), value -> new StepView(id, value, record.sequence(), index, record.at()));
  }

  /** Who failed says the same record: rows must not depend on what else came in a batch. */
  private void scopesEnded(Fact fact, HistoryRecord record) {
    for (ScopePath scope : EndedScopes.by(fact)) {
      steps.values().stream()
          .filter(step -> scope.owner().isEmpty() || step.path.startsWith(scope.value() + "/"))
          .forEach(step -> step.scopeEnded(record.at(), failureOf(step.path, record)));
    }
  }

  private static Optional<StepError> failureOf(String path, HistoryRecord record) {
    return record.facts().stream()
        .filter(Fact.AttemptFailed.class::isInstance)
        .map(Fact.AttemptFailed.class::cast)
        .filter(failed -> failed.path().value().equals(path))
        .map(Fact.AttemptFailed::error)
        .findFirst();
  }

  /** What went wrong with it says its step; of the execution the error counts that led to it. */
  private static boolean isCompensation(StepPath path) {
    return Workflow.isCompensationSlot(path.scope().slot());
  }

  private void consumed(Optional<Usage> usage) {
    usage.ifPresent(more -> spent = spent.plus(more));
  }

  private void failed(StepError why, Optional<StepPath> where) {
    error = why;
    errorPath = where.map(StepPath::value).orElse(null);
  }
}
