package io.penstock.schema.language;

import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Catch.Handling;
import io.penstock.schema.expression.Template;
import io.penstock.schema.message.ErrorType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what is done instead when a step has failed. */
final class CatchReader {
  private static final String STEPS = "steps";
  private static final String OUTPUT = "output";

  private final Problems problems;
  private final StepReader around;
  private final List<String> variables;
  private final Values values;

  /**
   * @param around of the step whose catches they are
   */
  CatchReader(Problems problems, StepReader around) {
    this.problems = problems;
    this.around = around;
    this.variables = around.around().ofCatch();
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
    Optional<Handling> handling =
        fields.has(STEPS) ? steps(fields) : fields.has(OUTPUT) ? output(fields) : action(fields);
    fields.done(ActionReader.LATER);
    return handling.map(does -> new Catch(errors, does));
  }

  private Optional<Handling> steps(Fields fields) {
    noActionBeside(STEPS, fields);
    Optional<Template> output = template(fields);
    return fields
        .find(STEPS)
        .map(list -> around.inside(around.around().inHandler()).steps(list))
        .map(steps -> new Catch.FallbackSteps(steps, output));
  }

  private Optional<Handling> output(Fields fields) {
    noActionBeside(OUTPUT, fields);
    return template(fields).map(Catch.FallbackOutput::new);
  }

  private Optional<Template> template(Fields fields) {
    return fields.find(OUTPUT).flatMap(new Expressions(problems, variables)::template);
  }

  private void noActionBeside(String written, Fields fields) {
    Stream.concat(ActionReader.KINDS.stream(), Stream.of("retry", "timeout"))
        .filter(fields::has)
        .findFirst()
        .ifPresent(
            more ->
                problems.add(
                    fields.spot(more),
                    "a catch has either '%s' or an action, here: %s and %s"
                        .formatted(written, written, more)));
  }

  private Optional<Handling> action(Fields fields) {
    return OneCall.read(
            fields,
            problems,
            variables,
            written ->
                "a catch has no %s of its own; write it as a step under 'steps'".formatted(written))
        .map(does -> new Catch.FallbackAction(does.action(), does.retry(), does.timeout()));
  }
}
