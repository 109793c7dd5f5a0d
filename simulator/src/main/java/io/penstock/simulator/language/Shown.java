package io.penstock.simulator.language;

import io.penstock.schema.message.CompensationTrigger;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the history of one execution shows, put in order by step. */
final class Shown {
  /** Attempts that went out, by step. */
  final Map<StepPath, Set<Integer>> attempts = new TreeMap<>();

  final Map<StepPath, List<Fact.StepCompleted>> completed = new TreeMap<>();
  final Map<StepPath, Integer> deaths = new TreeMap<>();

  /** Steps that completed by an attempt, in that order. */
  final List<StepPath> byAttempt = new ArrayList<>();

  final List<StepPath> undone = new ArrayList<>();
  final Map<StepPath, List<Fact.StepCompensated>> wayBack = new LinkedHashMap<>();
  Optional<Fact.CompensationStarted> turned = Optional.empty();
  Optional<Fact> end = Optional.empty();
  int ends;
  boolean edited;

  /** Whether a compensation began before another one had ended. */
  boolean undoneTogether;

  private Optional<Instant> decidedAt = Optional.empty();
  private Optional<Instant> deadline = Optional.empty();
  private boolean cancelled;

  private Shown() {}

  static Shown by(List<HistoryRecord> history) {
    Shown shown = new Shown();
    Set<Long> seen = new HashSet<>();
    for (HistoryRecord one : history) {
      if (seen.add(one.sequence())) {
        one.facts().forEach(fact -> shown.add(fact, one.at()));
      }
    }
    return shown;
  }

  private void add(Fact fact, Instant at) {
    switch (fact) {
      case Fact.ExecutionStarted f -> deadline = f.deadline();
      case Fact.AttemptRequested f ->
          attempts.computeIfAbsent(f.path(), any -> new TreeSet<>()).add(f.attempt());
      case Fact.StepCompleted f -> {
        completed.computeIfAbsent(f.path(), any -> new ArrayList<>()).add(f);
        if (f.attempt() > 0) {
          byAttempt.add(f.path());
        }
      }
      case Fact.StepFailed f -> deaths.merge(f.path(), 1, Integer::sum);
      case Fact.StepReopened f -> edited |= f.patch().isPresent();
      case Fact.ExecutionMoved ignored -> edited = true;
      case Fact.CompensationStarted f -> {
        turned = Optional.of(f);
        decidedAt = Optional.of(at);
      }
      case Fact.StepCompensationStarted f -> {
        undoneTogether |= !wayBack.keySet().containsAll(undone);
        undone.add(f.path());
      }
      case Fact.StepCompensated f ->
          wayBack.computeIfAbsent(f.path(), any -> new ArrayList<>()).add(f);
      case Fact.ExecutionCancelled f -> {
        cancelled = true;
        ended(f, at);
      }
      case Fact.ExecutionCompleted f -> ended(f, at);
      case Fact.ExecutionFailed f -> ended(f, at);
      case Fact.ExecutionCompensated f -> ended(f, at);
      default -> {} // on the way
    }
  }

  private void ended(Fact fact, Instant at) {
    ends++;
    end = Optional.of(fact);
    decidedAt = decidedAt.or(() -> Optional.of(at));
  }

  Optional<ExecutionStatus> status() {
    return end.map(
        fact ->
            switch (fact) {
              case Fact.ExecutionCompleted ignored -> ExecutionStatus.COMPLETED;
              case Fact.ExecutionFailed ignored -> ExecutionStatus.FAILED;
              case Fact.ExecutionCompensated ignored -> ExecutionStatus.COMPENSATED;
              default -> ExecutionStatus.CANCELLED;
            });
  }

  /** Whether an operator ended it, or sent it back. */
  boolean isInterrupted() {
    return cancelled
        || edited
        || turned
            .filter(
                back ->
                    back.trigger() == CompensationTrigger.CANCEL
                        || back.trigger() == CompensationTrigger.OPERATOR)
            .isPresent();
  }

  /** Whether it has failed because its deadline passed. */
  boolean isOverdue() {
    return turned.filter(back -> back.trigger() == CompensationTrigger.DEADLINE).isPresent()
        || end.filter(
                fact ->
                    fact instanceof Fact.ExecutionFailed failed
                        && failed.path().isEmpty()
                        && failed.error().type() == ErrorType.TIMEOUT)
            .isPresent();
  }

  /** Whether it ended, or turned back, before its deadline. */
  boolean isInTime() {
    return deadline.isEmpty() || decidedAt.isEmpty() || decidedAt.get().isBefore(deadline.get());
  }
}
