package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.Gathered;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parallels: their branches begin together, and are joined. */
final class Forks {
  private final Decision decision;
  private final Progress progress;

  /** Some of their branches have yet to begin in this decision, so none is joined yet. */
  private final Set<StepPath> beginning = new HashSet<>();

  Forks(Decision decision, Progress progress) {
    this.decision = decision;
    this.progress = progress;
  }

  void begin(StepPath path, Action.Parallel parallel) {
    List<String> names = parallel.branches().stream().map(Action.ParallelBranch::name).toList();
    decision.add(new Fact.BranchesStarted(path, names));
    beginning.add(path);
    for (String name : names) {
      // One that has failed at once may have taken the others with it.
      if (isAwaited(path, name)) {
        progress.enter(path.slot(name));
      }
    }
    beginning.remove(path);
    join(path, parallel);
  }

  /** The last step of a branch is done. */
  void closed(StepPath owner, Action.Parallel parallel, ScopePath scope) {
    decision.add(new Fact.ScopeEnded(scope, Optional.empty()));
    join(owner, parallel);
  }

  /**
   * A branch failed.
   *
   * @return whether that is all that happens: nobody waits for it, or enough others are left
   */
  boolean absorbs(StepPath owner, Action.Parallel parallel, ScopePath scope, StepError error) {
    boolean absorbed =
        Steps.forked(decision.state(), owner)
            .filter(forked -> forked.running().contains(scope.slot()))
            .map(forked -> forked.running().size() - 1 + forked.ended().size() >= parallel.needed())
            .orElse(true);
    if (absorbed) {
      decision.add(new Fact.ScopeEnded(scope, Optional.of(error)));
    }
    return absorbed;
  }

  /** Branches that it waits for, and those in which losers go on that nobody waits for. */
  List<ScopePath> atWork(StepPath path, Action.Parallel parallel) {
    return parallel.branches().stream()
        .map(Action.ParallelBranch::name)
        .filter(
            name -> isAwaited(path, name) || !decision.state().scopes(path.slot(name)).isEmpty())
        .map(path::slot)
        .toList();
  }

  /** The branches that it waits for. */
  private List<ScopePath> running(StepPath path) {
    return Steps.forked(decision.state(), path)
        .map(forked -> forked.running().stream().map(path::slot).toList())
        .orElse(List.of());
  }

  private boolean isAwaited(StepPath path, String branch) {
    return Steps.forked(decision.state(), path)
        .filter(forked -> forked.running().contains(branch))
        .isPresent();
  }

  private void join(StepPath path, Action.Parallel parallel) {
    Optional<StepState.Forked> forked = Steps.forked(decision.state(), path);
    if (!decision.goesForward()
        || beginning.contains(path)
        || forked.isEmpty()
        || forked.get().ended().size() < parallel.needed()) {
      return;
    }
    List<ScopePath> losers = running(path);
    if (!losers.isEmpty()) {
      decision.add(
          switch (parallel.losers()) {
            case CANCEL -> new Fact.ScopesCancelled(losers);
            case FINISH -> new Fact.ScopesLeft(losers);
          });
    }
    progress.complete(path, outputs(path, parallel, forked.get().ended()));
  }

  /** In the order of the definition, so that it does not tell who was first. */
  private static Gathered outputs(StepPath path, Action.Parallel parallel, List<String> ended) {
    Map<String, StepPath> lastSteps = new LinkedHashMap<>();
    for (Action.ParallelBranch branch : parallel.branches()) {
      if (ended.contains(branch.name())) {
        lastSteps.put(branch.name(), path.slot(branch.name()).step(branch.steps().getLast().id()));
      }
    }
    return new Gathered.Branches(lastSteps);
  }
}
