package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Catch.Handling;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.message.ErrorType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is done instead when a step has failed. */
final class CatchReader {
  /** A fallback is one thing to do, with no steps inside. */
  private static final List<String> NO_FALLBACK = List.of("route", "parallel", "foreach");

  private final Problems problems;
  private final List<String> variables;
  private final Values values;

  /**
   * @param variables of the step that failed, and its error
   */
  CatchReader(Problems problems, List<String> variables) {
    this.problems = problems;
    this.variables = variables;
    this.values = new Values(problems);
  }

  List<Catch> read(Node node) {
    return values.list(node, "catches").stream()
        .flatMap(element -> handler(element).stream())
        .toList();
  }

  private Optional<Catch> handler(Node node) {
    Fields fields = Fields.of(node, "a catch", problems);
    Set<ErrorType> errors =
        fields
            .find("errors")
            .map(list -> new ErrorTypeReader(problems).read(list).keySet())
            .orElse(Set.of());
    Optional<Handling> handling = fields.has("output") ? output(fields) : action(fields);
    fields.done(ActionReader.LATER);
    return handling.map(does -> new Catch(errors, does));
  }

  private Optional<Handling> output(Fields fields) {
    List<String> more =
        java.util.stream.Stream.concat(
                ActionReader.KINDS.stream(), java.util.stream.Stream.of("retry", "timeout"))
            .filter(fields::has)
            .toList();
    if (!more.isEmpty()) {
      problems.add(
          fields.spot(more.getFirst()),
          "a catch has either 'output' or an action, here: output and " + more.getFirst());
    }
    Expressions expressions = new Expressions(problems, variables);
    return fields.find("output").flatMap(expressions::template).map(Catch.FallbackOutput::new);
  }

  private Optional<Handling> action(Fields fields) {
    Optional<String> inside = NO_FALLBACK.stream().filter(fields::has).findFirst();
    if (inside.isPresent()) {
      problems.add(
          fields.spot(inside.get()),
          "a catch has no %s; give the fallback as 'output', and write the %s as a step behind"
              .formatted(inside.get(), inside.get()));
      return Optional.empty();
    }
    Optional<Action.Work> action =
        new ActionReader(problems, variables, null)
            .read(fields)
            .filter(Action.Work.class::isInstance)
            .map(Action.Work.class::cast);
    Retry retry =
        fields.find("retry").flatMap(new RetryReader(problems)::read).orElse(Retry.DEFAULT);
    Optional<java.time.Duration> timeout = StepReader.timeout(fields, values);
    return action.map(does -> new Catch.FallbackAction(does, retry, timeout));
  }
}
