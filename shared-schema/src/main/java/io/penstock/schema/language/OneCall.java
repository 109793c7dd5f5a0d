package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A call to the outside that belongs to a step: what is done instead of it, or undoes it. */
record OneCall(Action.Work action, Retry retry, Optional<Duration> timeout) {
  /** Actions that have steps inside, or call nobody. */
  private static final List<String> NO_CALL = List.of("route", "parallel", "foreach", "wait");

  /**
   * Reads the action and what there is about its attempts.
   *
   * @param variables that its expressions may read
   * @param refusal what to say about an action that is no call, by its name
   * @return empty if there is no such call; then a problem says so
   */
  static Optional<OneCall> read(
      Fields fields, Problems problems, List<String> variables, UnaryOperator<String> refusal) {
    Retry retry =
        fields.find("retry").flatMap(new RetryReader(problems)::read).orElse(Retry.DEFAULT);
    Optional<Duration> timeout = StepReader.timeout(fields, new Values(problems));
    Optional<String> inside = NO_CALL.stream().filter(fields::has).findFirst();
    if (inside.isPresent()) {
      problems.add(fields.spot(inside.get()), refusal.apply(inside.get()));
      return Optional.empty();
    }
    Optional<Action.Work> action =
        new ActionReader(problems, variables, null)
            .read(fields)
            .filter(Action.Work.class::isInstance)
            .map(Action.Work.class::cast);
    return action.map(does -> new OneCall(does, retry, timeout));
  }
}
