package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of one workflow, those inside of others too. */
final class StepReader {
  static final Duration MIN_TIMEOUT = Duration.ofMillis(10);
  static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  private static final Set<String> LATER = Set.of("compensate", "if", "name");

  private final Problems problems;
  private final Values values;
  private final ActionReader actions;
  private final CatchReader catches;
  private final Map<String, Spot> ids = new HashMap<>();

  StepReader(Problems problems, List<String> variables) {
    this.problems = problems;
    this.values = new Values(problems);
    this.actions = new ActionReader(problems, variables, this);
    this.catches = new CatchReader(problems);
  }

  List<Step> steps(Node node) {
    return values.list(node, "steps").stream().flatMap(step -> step(step).stream()).toList();
  }

  private Optional<Step> step(Node node) {
    Fields fields = Fields.of(node, "a step", problems);
    String id = fields.require("id", "score").flatMap(this::id).orElse("");
    Optional<Action> action = actions.read(fields);
    Retry retry =
        fields.find("retry").flatMap(new RetryReader(problems)::read).orElse(Retry.DEFAULT);
    Optional<Duration> timeout = timeout(fields, values);
    List<io.penstock.schema.definition.Catch> handlers =
        fields.find("catch").map(catches::read).orElse(List.of());
    Set<String> later = new java.util.HashSet<>(LATER);
    later.addAll(ActionReader.LATER);
    fields.done(later);
    return action.map(does -> new Step(id, does, retry, timeout, handlers));
  }

  static Optional<Duration> timeout(Fields fields, Values values) {
    return fields.find("timeout").flatMap(node -> values.duration(node, MIN_TIMEOUT, MAX_TIMEOUT));
  }

  private Optional<String> id(Node node) {
    Optional<String> id = values.name(node);
    if (id.isPresent()) {
      Spot first = ids.putIfAbsent(id.get(), node.spot());
      if (first != null) {
        problems.add(
            node.spot(),
            "there is already a step '%s'%s; ids are unique in the whole workflow"
                .formatted(id.get(), first.line() > 0 ? " in line " + first.line() : ""));
      }
    }
    return id;
  }
}
