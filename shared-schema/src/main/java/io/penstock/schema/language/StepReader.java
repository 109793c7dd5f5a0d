package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Compensation;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of one place in a workflow; those inside of them with a reader of their own. */
final class StepReader {
  static final Duration MIN_TIMEOUT = Duration.ofMillis(10);
  static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  private static final Set<String> LATER = Set.of("if", "name");
  private static final List<String> OF_ATTEMPTS = List.of("retry", "timeout");

  private final Problems problems;
  private final Values values;
  private final Surroundings around;
  private final ActionReader actions;
  private final CatchReader catches;
  private final CompensationReader compensations;
  private final LimitCheck limits;

  /** Of the whole workflow. */
  private final Map<String, Spot> ids;

  StepReader(Problems problems) {
    this(problems, Surroundings.TOP, new HashMap<>());
  }

  private StepReader(Problems problems, Surroundings around, Map<String, Spot> ids) {
    this.problems = problems;
    this.values = new Values(problems);
    this.around = around;
    this.actions = new ActionReader(problems, around.variables(), this);
    this.catches = new CatchReader(problems, this);
    this.compensations = new CompensationReader(problems, around.ofCompensation());
    this.limits = new LimitCheck(problems);
    this.ids = ids;
  }

  /** For the steps inside of one that stands here. */
  StepReader inside(Surroundings inside) {
    return new StepReader(problems, inside, ids);
  }

  List<Catch> catches(Node node) {
    return catches.read(node);
  }

  Surroundings around() {
    return around;
  }

  List<Step> steps(Node node) {
    List<Step> steps =
        values.list(node, "steps").stream().flatMap(step -> step(step).stream()).toList();
    limits.check(steps, node.spot());
    return steps;
  }

  private Optional<Step> step(Node node) {
    Fields fields = Fields.of(node, "a step", problems);
    String id = fields.require("id", "score").flatMap(this::id).orElse("");
    Optional<Action> action = actions.read(fields);
    Optional<String> kind = ActionReader.AROUND.stream().filter(fields::has).findFirst();
    kind.ifPresent(written -> noAttempts(written, fields));
    Retry retry =
        fields
            .find("retry")
            .flatMap(new RetryReader(problems)::read)
            .orElse(kind.isPresent() ? Retry.NONE : Retry.DEFAULT);
    Optional<Duration> timeout = timeout(fields, values);
    List<Catch> handlers = fields.find("catch").map(catches::read).orElse(List.of());
    Optional<Compensation> compensation =
        fields
            .find("compensate")
            .flatMap(written -> action.flatMap(does -> compensations.read(written, does)));
    Set<String> later = new HashSet<>(LATER);
    later.addAll(ActionReader.LATER);
    fields.done(later);
    action.ifPresent(does -> limits.check(does, around.depth(), fields));
    return action.map(does -> new Step(id, does, retry, timeout, handlers, compensation));
  }

  private void noAttempts(String kind, Fields fields) {
    for (String field : OF_ATTEMPTS) {
      if (fields.has(field)) {
        problems.add(
            fields.spot(field),
            kind.equals("wait")
                ? "a wait makes no attempts; leave '%s' out".formatted(field)
                : "a %s has no attempts of its own; put '%s' on the steps inside"
                    .formatted(kind, field));
      }
    }
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
