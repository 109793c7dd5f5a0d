package io.penstock.schema.language;

import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Retry.Rule;
import io.penstock.schema.definition.Retry.Schedule;
import io.penstock.schema.message.ErrorType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code retry}: one schedule for whatever is retriable, or rules for types of errors. */
final class RetryReader {
  private final Problems problems;
  private final Values values;
  private final ScheduleReader schedules;

  RetryReader(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
    this.schedules = new ScheduleReader(problems);
  }

  Optional<Retry> read(Node node) {
    return switch (node) {
      case Node.Scalar scalar when "none".equals(scalar.value()) -> Optional.of(Retry.NONE);
      case Node.Scalar ignored -> {
        problems.add(
            node.spot(),
            "write retry: none, {delays: [1s, 5s]}, {backoff: exponential, delay: 1s, limit: 5},"
                + " or a list of such with 'errors'");
        yield Optional.empty();
      }
      case Node.Sequence ignored -> Optional.of(rules(node));
      case Node.Mapping ignored -> {
        Fields fields = Fields.of(node, "retry", problems);
        if (fields.has("errors")) {
          problems.add(
              fields.spot("errors"), "rules for errors are a list; begin each with '- errors: '");
        }
        Optional<Schedule> schedule = schedules.read(fields, "retry", false);
        fields.done();
        yield schedule.map(Retry::of);
      }
    };
  }

  private Retry rules(Node node) {
    List<Node> written = values.list(node, "rules");
    List<Rule> rules = new ArrayList<>();
    Schedule others = Retry.DEFAULT.others();
    Set<ErrorType> taken = EnumSet.noneOf(ErrorType.class);
    for (int i = 0; i < written.size(); i++) {
      Fields fields = Fields.of(written.get(i), "a rule of retry", problems);
      Optional<Set<ErrorType>> errors = fields.find("errors").map(list -> errors(list, taken));
      if (!fields.has("errors") && i < written.size() - 1) {
        problems.add(
            fields.spot(), "a rule without 'errors' is for all others; only the last can be that");
      }
      Optional<Schedule> schedule = schedules.read(fields, "a rule of retry", true);
      fields.done();
      if (errors.isPresent() && schedule.isPresent()) {
        rules.add(new Rule(errors.get(), schedule.get()));
      } else if (schedule.isPresent()) {
        others = schedule.get();
      }
    }
    return new Retry(rules, others);
  }

  /**
   * @param taken by rules above; those that are read here go there too
   */
  private Set<ErrorType> errors(Node list, Set<ErrorType> taken) {
    Map<ErrorType, Node> errors = new ErrorTypeReader(problems).read(list);
    errors.forEach(
        (type, node) -> {
          if (!taken.add(type)) {
            problems.add(
                node.spot(),
                "a rule above is for '" + type.id() + "' already; name each type once");
          }
        });
    return errors.keySet();
  }
}
