package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Compensation;
import io.penstock.schema.definition.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what undoes a step. */
final class CompensationReader {
  /** A compensation is one call, with no steps inside. */
  private static final List<String> NO_CALL = List.of("route", "parallel", "foreach", "wait");

  private final Problems problems;
  private final List<String> variables;
  private final Values values;

  /**
   * @param variables of the step that it undoes
   */
  CompensationReader(Problems problems, List<String> variables) {
    this.problems = problems;
    this.variables = variables;
    this.values = new Values(problems);
  }

  /**
   * Reads one.
   *
   * @param undoes what the step does that it stands at
   */
  Optional<Compensation> read(Node node, Action undoes) {
    if (!calls(undoes)) {
      problems.add(
          node.spot(),
          "only what calls the outside can be compensated: enrich, llm, notify; put 'compensate' on the steps inside");
      return Optional.empty();
    }
    Fields fields = Fields.of(node, "a compensation", problems);
    Optional<String> inside = NO_CALL.stream().filter(fields::has).findFirst();
    if (inside.isPresent()) {
      problems.add(
          fields.spot(inside.get()),
          "a compensation is one call: enrich, llm or notify, not " + inside.get());
      return Optional.empty();
    }
    Optional<Action.Work> action =
        new ActionReader(problems, variables, null)
            .read(fields)
            .filter(Action.Work.class::isInstance)
            .map(Action.Work.class::cast);
    Retry retry =
        fields.find("retry").flatMap(new RetryReader(problems)::read).orElse(Retry.DEFAULT);
    Optional<Duration> timeout = StepReader.timeout(fields, values);
    fields.done(ActionReader.LATER);
    return action.map(does -> new Compensation(does, retry, timeout));
  }

  private static boolean calls(Action action) {
    return switch (action) {
      case Action.Enrich ignored -> true;
      case Action.Llm ignored -> true;
      case Action.NotifyApi ignored -> true;
      case Action.NotifyChannel ignored -> true;
      case Action.Route ignored -> false;
      case Action.Parallel ignored -> false;
      case Action.Foreach ignored -> false;
      case Action.Wait ignored -> false;
    };
  }
}
