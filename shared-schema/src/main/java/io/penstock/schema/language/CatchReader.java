package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Catch.Handling;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.message.ErrorType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is done instead when a step has failed. */
final class CatchReader {
  private static final List<String> ERRORS =
      Arrays.stream(ErrorType.values()).map(ErrorType::id).toList();

  private final Problems problems;
  private final Values values;

  CatchReader(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
  }

  List<Catch> read(Node node) {
    return values.list(node, "catches").stream()
        .flatMap(element -> handler(element).stream())
        .toList();
  }

  private Optional<Catch> handler(Node node) {
    Fields fields = Fields.of(node, "a catch", problems);
    Set<ErrorType> errors = new LinkedHashSet<>();
    fields
        .find("errors")
        .map(list -> values.list(list, "error types"))
        .orElse(List.of())
        .forEach(element -> error(element).ifPresent(errors::add));
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
    Expressions expressions = new Expressions(problems, Expressions.OF_CATCH);
    return fields.find("output").flatMap(expressions::template).map(Catch.FallbackOutput::new);
  }

  private Optional<Handling> action(Fields fields) {
    if (fields.has("route")) {
      problems.add(
          fields.spot("route"),
          "a catch has no route; give the fallback as 'output', and route in a step behind");
      return Optional.empty();
    }
    Optional<Action> action = new ActionReader(problems, Expressions.OF_CATCH, null).read(fields);
    Retry retry =
        fields.find("retry").flatMap(new RetryReader(problems)::read).orElse(Retry.DEFAULT);
    Optional<java.time.Duration> timeout = StepReader.timeout(fields, values);
    return action.map(does -> new Catch.FallbackAction(does, retry, timeout));
  }

  private Optional<ErrorType> error(Node node) {
    return values
        .text(node)
        .flatMap(
            text -> {
              Optional<ErrorType> type = ErrorType.find(text);
              if (type.isEmpty()) {
                problems.add(
                    node.spot(),
                    "there is no error type '" + text + "'" + Suggestion.among(ERRORS, text));
              }
              return type;
            });
  }
}
