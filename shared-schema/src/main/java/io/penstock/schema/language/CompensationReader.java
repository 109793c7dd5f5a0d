package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Compensation;
import java.util.List;
import java.util.Optional;

/** Reads what undoes a step. */
final class CompensationReader {
  private final Problems problems;
  private final List<String> variables;

  /**
   * @param variables of the step that it undoes
   */
  CompensationReader(Problems problems, List<String> variables) {
    this.problems = problems;
    this.variables = variables;
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
    Optional<OneCall> call =
        OneCall.read(
            fields,
            problems,
            variables,
            written -> "a compensation is one call: enrich, llm or notify, not " + written);
    fields.done(ActionReader.LATER);
    return call.map(does -> new Compensation(does.action(), does.retry(), does.timeout()));
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
