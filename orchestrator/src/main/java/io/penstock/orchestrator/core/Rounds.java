package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.Gathered;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Foreaches: their items are found, and a bounded number of rounds is kept at work. */
final class Rounds {
  private final Decision decision;
  private final Progress progress;

  /**
   * Further up in this decision their rounds are being filled up; what ended below counts there.
   */
  private final Set<StepPath> filling = new HashSet<>();

  Rounds(Decision decision, Progress progress) {
    this.decision = decision;
    this.progress = progress;
  }

  void begin(StepPath path, Action.Foreach foreach, Try next) {
    Object value;
    try {
      value = progress.evaluation().evaluate(foreach.items(), path.scope());
    } catch (ExpressionException e) {
      progress.failures().giveUp(path, next.attempt(), noItems(e.getMessage()));
      return;
    }
    if (!(value instanceof List<?> list)) {
      progress
          .failures()
          .giveUp(path, next.attempt(), noItems(foreach.items().source() + " gives no list"));
      return;
    }
    Json items = Json.of(list);
    if (list.size() > Limits.ITEMS || items.sizeBytes() > Limits.ITEMS_BYTES) {
      progress.failures().giveUp(path, next.attempt(), tooMany(list.size(), items));
      return;
    }
    if (!decision.hasRoomFor(items)) {
      progress.putOff(path);
      return;
    }
    decision.add(new Fact.ItemsFound(path, items, foreach.rounds(list.size())));
    fill(path, foreach);
  }

  /** The last step of a round is done. */
  void closed(StepPath owner, Action.Foreach foreach, ScopePath scope) {
    decision.add(new Fact.ScopeEnded(scope, Optional.empty()));
    fill(owner, foreach);
  }

  /**
   * A round failed.
   *
   * @return whether that is all that happens: so many may fail
   */
  boolean absorbs(StepPath owner, Action.Foreach foreach, ScopePath scope, StepError error) {
    boolean absorbed =
        Steps.iterating(decision.state(), owner)
            .filter(all -> all.failed() < foreach.mayFail(all.rounds()))
            .isPresent();
    if (absorbed) {
      decision.add(new Fact.ScopeEnded(scope, Optional.of(error)));
      fill(owner, foreach);
    }
    return absorbed;
  }

  /** Rounds may begin again in the foreaches around a step that is no longer dead. */
  void fillAround(StepPath path) {
    for (Optional<StepPath> owner = path.scope().owner();
        owner.isPresent();
        owner = owner.get().scope().owner()) {
      if (!WorkflowHandlers.isWhole(owner.get())
          && progress.step(owner.get()).action() instanceof Action.Foreach foreach) {
        fill(owner.get(), foreach);
      }
    }
  }

  /** The rounds in which something goes on, be it a loser that nobody waits for. */
  List<ScopePath> atWork(StepPath path) {
    String inside = path.value() + "/";
    return decision.state().scopes(path.scope()).keySet().stream()
        .map(ScopePath::value)
        .filter(scope -> scope.startsWith(inside))
        .map(scope -> scope.substring(inside.length()))
        .map(below -> below.split("/", 2)[0])
        .distinct()
        .sorted(Comparator.comparingInt(Integer::parseInt))
        .map(path::slot)
        .toList();
  }

  private void fill(StepPath path, Action.Foreach foreach) {
    if (!filling.add(path)) {
      return;
    }
    boolean more = true;
    while (more) {
      more = startSome(path, foreach);
    }
    filling.remove(path);
    Optional<StepState.Iterating> all = iterating(path);
    if (all.filter(StepState.Iterating::isThrough).isPresent()) {
      progress.complete(
          path,
          new Gathered.Rounds(
              all.get().rounds(), all.get().failed(), foreach.steps().getLast().id()));
    }
  }

  /**
   * @return whether some were started; they may have ended at once and made room for others
   */
  private boolean startSome(StepPath path, Action.Foreach foreach) {
    Optional<StepState.Iterating> all = iterating(path);
    if (all.isEmpty() || all.get().startableUntil(foreach.concurrency()) == all.get().next()) {
      return false;
    }
    int from = all.get().next();
    int until = all.get().startableUntil(foreach.concurrency());
    decision.add(new Fact.ItemsStarted(path, from, until));
    for (int round = from; round < until && iterating(path).isPresent(); round++) {
      progress.enter(path.slot(Integer.toString(round)));
    }
    return true;
  }

  /** Empty once it is done, handles an error, is dropped or the execution has ended. */
  private Optional<StepState.Iterating> iterating(StepPath path) {
    return decision.goesForward() ? Steps.iterating(decision.state(), path) : Optional.empty();
  }

  private static StepError noItems(String why) {
    return StepError.of(ErrorType.EXPRESSION, "items: " + why);
  }

  private static StepError tooMany(int count, Json items) {
    return StepError.of(
        ErrorType.TOO_LARGE,
        "%d items with %d bytes; the limits are %d and %d: pass references, or split the list"
            .formatted(count, items.sizeBytes(), Limits.ITEMS, Limits.ITEMS_BYTES));
  }
}
