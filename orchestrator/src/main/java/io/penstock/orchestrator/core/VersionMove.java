package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a running execution can go on with another version of its workflow: what is finished and
 * what is at work must be in both, at the same places and of the same kinds. What comes behind may
 * differ, and so may what the steps ask, how they are retried and who catches their errors.
 */
final class VersionMove {
  private static final int SHOWN = 400;

  private final Workflow from;
  private final Workflow to;

  private VersionMove(Workflow from, Workflow to) {
    this.from = from;
    this.to = to;
  }

  /**
   * @param from the version it has; empty if that never came
   * @return what stands in the way; empty: nothing
   */
  static Optional<String> refusal(ExecutionState state, Optional<Workflow> from, Workflow to) {
    int out = state.control().orElseThrow().open().requested();
    if (out > 0) {
      return Optional.of(
          "%d of its steps are with workers: wait for their outcomes".formatted(out));
    }
    Map<ScopePath, Scope> scopes = state.scopes(ScopePath.ROOT);
    if (scopes.isEmpty()) {
      return Optional.empty(); // it broke before its first step
    }
    if (from.isEmpty()) {
      return Optional.of("the version it has is not known here");
    }
    VersionMove move = new VersionMove(from.get(), to);
    Optional<String> lost = move.lost(state);
    if (lost.isPresent()) {
      return lost;
    }
    return scopes.entrySet().stream()
        .flatMap(scope -> move.refusal(scope.getKey(), scope.getValue()).stream())
        .findFirst();
  }

  /** What is done and could have to be undone must be found at its place. */
  private Optional<String> lost(ExecutionState state) {
    for (Optional<StepPath> done = state.control().orElseThrow().compensations().newest();
        done.isPresent();
        done = done.flatMap(state::output).flatMap(Output::before)) {
      if (to.step(done.get()).isEmpty()) {
        return Optional.of(
            "version %s has no step '%s', which is done and could have to be undone"
                .formatted(to.version(), done.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> refusal(ScopePath path, Scope scope) {
    if (to.stepsIn(path).isEmpty() || !around(path, from).equals(around(path, to))) {
      return differs("around '%s'".formatted(path), around(path, from), around(path, to));
    }
    if (WorkflowHandlers.isWhole(path.step(scope.stepId()))) {
      // None of them begins any more, and the output is made of what they gave.
      return shown(from.steps()).equals(shown(to.steps()))
          ? Optional.empty()
          : differs("before its handlers", shown(from.steps()), shown(to.steps()));
    }
    List<Step> before = from.stepsIn(path);
    List<Step> after = to.stepsIn(path);
    int done = 1 + index(before, scope.stepId());
    boolean goesOn = scope.step() instanceof StepState.Done && after.size() > done;
    List<Step> kept = after.subList(0, Math.min(done, after.size()));
    if (goesOn || !shown(before.subList(0, done)).equals(shown(kept))) {
      return differs(
          "up to step '%s'".formatted(path.step(scope.stepId())),
          shown(before.subList(0, done)),
          shown(goesOn ? after : kept));
    }
    return inside(path, scope, before.get(done - 1), after.get(done - 1));
  }

  /** Of a step that has begun others: what it counts must mean the same. */
  private Optional<String> inside(ScopePath path, Scope scope, Step before, Step after) {
    return switch (scope.step()) {
      case StepState.Forked forked ->
          compared(
              path,
              scope,
              branches((Action.Parallel) before.action(), forked),
              branches((Action.Parallel) after.action(), forked));
      case StepState.Iterating ignored ->
          compared(path, scope, rounds(before.action()), rounds(after.action()));
      case StepState.Inside ignored -> Optional.empty(); // the scope in the slot tells
      case StepState.Requested ignored -> Optional.empty();
      case StepState.Waiting ignored -> Optional.empty();
      case StepState.Held ignored -> Optional.empty();
      case StepState.Sleeping ignored -> Optional.empty();
      case StepState.Dead ignored -> Optional.empty();
      case StepState.Done ignored -> Optional.empty();
    };
  }

  private Optional<String> compared(ScopePath path, Scope scope, String before, String after) {
    return before.equals(after)
        ? Optional.empty()
        : differs("in step '%s'".formatted(path.step(scope.stepId())), before, after);
  }

  /** A branch at work is compared by its own scope, one that has ended by all its steps. */
  private static String branches(Action.Parallel parallel, StepState.Forked forked) {
    return parallel.needed()
        + " of "
        + parallel.branches().stream()
            .map(
                branch ->
                    forked.running().contains(branch.name())
                        ? branch.name()
                        : branch.name() + " " + shown(branch.steps()))
            .toList();
  }

  private static String rounds(Action action) {
    Action.Foreach foreach = (Action.Foreach) action;
    return "rounds of %d %s".formatted(foreach.chunk().orElse(1), shown(foreach.steps()));
  }

  /** The steps around a scope, also those that have gone on without waiting for it. */
  private static String around(ScopePath path, Workflow workflow) {
    List<String> around = new ArrayList<>();
    for (ScopePath here = path; here.owner().isPresent(); here = here.owner().get().scope()) {
      StepPath owner = here.owner().get();
      ScopePath scope = here;
      boolean isThere = !workflow.stepsIn(scope).isEmpty();
      around.add(
          isThere
              // The workflow itself is no step, and around its handlers.
              ? workflow.step(owner).map(step -> slot(step, scope)).orElse(scope.value())
              : "nothing");
    }
    return around.toString();
  }

  /** A route's branches have numbers: another one may have come in front. */
  private static String slot(Step owner, ScopePath scope) {
    return owner.action() instanceof Action.Route route && !Workflow.isCatchSlot(scope.slot())
        ? shown(owner) + " " + route.branches().get(Integer.parseInt(scope.slot())).name()
        : shown(owner);
  }

  private static int index(List<Step> steps, String id) {
    return steps.stream().map(Step::id).toList().indexOf(id);
  }

  private static String shown(List<Step> steps) {
    return steps.stream().map(VersionMove::shown).toList().toString();
  }

  private static String shown(Step step) {
    return step.id()
        + " "
        + switch (step.action()) {
          case Action.Work work -> work.kind().id();
          case Action.Wait ignored -> "wait";
          case Action.Parallel ignored -> "parallel";
          case Action.Foreach ignored -> "foreach";
        };
  }

  private Optional<String> differs(String where, String before, String after) {
    return Optional.of(
        "%s version %s has %s, version %s has %s"
            .formatted(where, from.version(), cut(before), to.version(), cut(after)));
  }

  private static String cut(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
