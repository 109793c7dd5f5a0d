package io.penstock.simulator.language;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a correct execution shows at its end, whatever the order in which things happened to it.
 *
 * @param steps those that may do anything; where the language leaves a race open, some of them need
 *     not
 * @param undoing what the compensations of steps show if they are undone, by those steps
 * @param unknown steps of which nothing is known, with all inside
 * @param ends those that are possible; several if it depends
 * @param undecided whether something unknown decides: then any end is possible, and steps that
 *     nobody expects
 */
public record Expectation(
    Workflow workflow,
    Map<StepPath, ExpectedStep> steps,
    Map<StepPath, ExpectedStep> undoing,
    Set<StepPath> unknown,
    List<End> ends,
    boolean undecided) {
  public Expectation {
    steps = Map.copyOf(steps);
    undoing = Map.copyOf(undoing);
    unknown = Set.copyOf(unknown);
    ends = List.copyOf(ends);
  }

  /**
   * An end.
   *
   * @param output of one that completes
   * @param failures of one that fails: it is one of these
   */
  public record End(ExecutionStatus status, Object output, List<Cause> failures) {

    /** What it fails of. */
    public record Cause(Optional<StepPath> step, ErrorType type) {}

    static End completed(Object output) {
      return new End(ExecutionStatus.COMPLETED, output, List.of());
    }

    static End compensated() {
      return new End(ExecutionStatus.COMPENSATED, null, List.of());
    }

    static End failed(List<Failure> failures) {
      return new End(
          ExecutionStatus.FAILED,
          null,
          failures.stream().map(one -> new Cause(one.step(), one.type())).toList());
    }
  }

  /** How it may end if nobody interferes and its deadline does not pass. */
  public Set<ExecutionStatus> statuses() {
    return ends.stream().map(End::status).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether all of it is known: no two correct executions show different things. */
  public boolean isCertain() {
    return !undecided
        && ends.size() == 1
        && steps.values().stream()
            .allMatch(
                step ->
                    step.certain()
                        && step.completes() == step.surelyCompletes()
                        && !Unknown.isIn(step.output()));
  }

  /**
   * Compares an execution that has ended. Operators may have paused and resumed it, and replayed
   * what was dead; one that an operator has cancelled, or whose deadline has passed, is compared in
   * what it has completed.
   *
   * @param history all its records, in their order; repetitions count once
   * @return each difference as a sentence; empty: it is as expected
   */
  public List<String> differences(List<HistoryRecord> history) {
    return new Comparison(this, Shown.by(history)).differences();
  }
}
