package io.penstock.orchestrator.core;

import io.penstock.schema.message.Fact;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the execution's place in the timer store right; nothing is written if it still is. All
 * timers are looked through only when the place is gone; otherwise those that were set just now
 * tell whether it has become too late.
 */
final class WakeUp {
  private WakeUp() {}

  /**
   * As the last thing of a decision.
   *
   * @param fired the place that led to it, if it was one
   */
  static void settle(Decision decision, Optional<Instant> fired) {
    if (decision.state().control().isEmpty()) {
      return;
    }
    Optional<Instant> stored = decision.control().wakeUp();
    if (decision.isOver()) {
      // Ending set it; but an announcement that came too early took it out of the store.
      if (stored.isPresent() && stored.equals(fired)) {
        decision.add(new Fact.WakeUpSet(stored, stored));
      }
      return;
    }
    boolean broken = decision.control().isBroken();
    boolean storedIsGone = stored.isPresent() && (stored.equals(fired) || broken);
    Optional<Instant> needed =
        broken
            ? Optional.empty()
            : storedIsGone
                ? earliest(all(decision.state())).map(due -> notBefore(decision.now(), due))
                : earliest(stored.isEmpty() ? all(decision.state()) : changed(decision.state()));
    boolean storedIsTooLate =
        needed.isPresent() && (stored.isEmpty() || needed.get().isBefore(stored.get()));
    if (storedIsGone || storedIsTooLate) {
      decision.add(new Fact.WakeUpSet(stored, needed));
    }
  }

  /**
   * What is due already was more than one transition takes. It comes with the next: at a time of
   * its own, since the announcement of the one that has just fired would pass for a repetition.
   */
  private static Instant notBefore(Instant now, Instant due) {
    Instant next = now.plusMillis(1);
    return due.isBefore(next) ? next : due;
  }

  private static Stream<Instant> all(ExecutionState state) {
    return Stream.concat(
        due(state.openSteps().stream()),
        state.control().flatMap(ExecutionControl::deadline).stream());
  }

  /** The deadline does not change: it is in the place that is there. */
  private static Stream<Instant> changed(ExecutionState state) {
    return due(
        state.changes().scopes().entrySet().stream()
            .map(
                scope ->
                    scope
                        .getValue()
                        .flatMap(open -> OpenStep.in(scope.getKey(), open))
                        .orElse(null))
            .filter(Objects::nonNull));
  }

  private static Stream<Instant> due(Stream<OpenStep> steps) {
    return steps.filter(OpenStep::isTimed).map(OpenStep::due);
  }

  private static Optional<Instant> earliest(Stream<Instant> timers) {
    return timers.min(Comparator.naturalOrder());
  }
}
