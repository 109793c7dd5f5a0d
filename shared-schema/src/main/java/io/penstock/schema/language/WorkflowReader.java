package io.penstock.schema.language;

import io.penstock.schema.definition.CompensationOrder;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.Handlers;
import io.penstock.schema.definition.OnFailure;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Trigger;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a {@code Workflow}. */
final class WorkflowReader {
  private static final Set<String> TRIGGERS_LATER = Set.of("schedule", "batch", "signal");
  private static final Duration SHORTEST_DEADLINE = Duration.ofSeconds(1);
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(365);

  private final Fields fields;
  private final Problems problems;
  private final Values values;
  private final StepReader steps;

  private WorkflowReader(Fields fields) {
    this.fields = fields;
    this.problems = fields.problems();
    this.values = new Values(problems);
    this.steps = new StepReader(problems);
  }

  static Definition read(Fields fields) {
    return new WorkflowReader(fields).read();
  }

  private Workflow read() {
    Workflow workflow =
        new Workflow(
            fields.require("name", "lead-qualification").flatMap(values::name).orElse(""),
            fields.require("version", "1.0.0").flatMap(values::version).orElse(""),
            fields.find("description").flatMap(values::text).orElse(""),
            triggers(),
            inputSchema(),
            steps(),
            fields.find("onFailure").flatMap(this::onFailure).orElse(OnFailure.SUSPEND),
            fields.find("deadline").flatMap(this::deadline),
            output(),
            fields.find("compensation").flatMap(this::order).orElse(CompensationOrder.REVERSE),
            handlers());
    fields.done(Set.of("concurrency", "budget"));
    return withCompensation(workflow);
  }

  /** Where a compensation is declared, a failure leads to it unless something else is said. */
  private Workflow withCompensation(Workflow read) {
    if (read.compensates()) {
      return fields.has("onFailure") ? read : read.onFailure(OnFailure.COMPENSATE);
    }
    if (read.onFailure() == OnFailure.COMPENSATE) {
      noCompensation("onFailure");
    }
    if (fields.has("compensation")) {
      noCompensation("compensation");
    }
    return read;
  }

  private void noCompensation(String field) {
    problems.add(
        fields.spot(field),
        "no step has a 'compensate', so nothing could be undone; write at the steps what undoes them");
  }

  private List<Trigger> triggers() {
    return fields.find("on").map(node -> values.list(node, "triggers")).orElse(List.of()).stream()
        .map(this::trigger)
        .toList();
  }

  private Trigger trigger(Node node) {
    Fields trigger = Fields.of(node, "a trigger", problems);
    if (TRIGGERS_LATER.stream().anyMatch(trigger::has)) {
      String kind = TRIGGERS_LATER.stream().filter(trigger::has).findFirst().orElseThrow();
      problems.add(trigger.spot(kind), "'" + kind + "' is not supported yet; leave it out");
      return new Trigger("", "", Optional.empty());
    }
    Expressions expressions = new Expressions(problems, Expressions.OF_TRIGGER);
    Trigger read =
        new Trigger(
            trigger.require("source", "crm").flatMap(values::text).orElse(""),
            trigger.require("type", "contact.created").flatMap(values::text).orElse(""),
            trigger.find("when").flatMap(expressions::condition));
    trigger.done();
    return read;
  }

  private Optional<Json> inputSchema() {
    return fields
        .find("input")
        .flatMap(
            node -> {
              Fields input = Fields.of(node, "input", problems);
              Optional<Json> schema =
                  input
                      .require("schema", "{type: object}")
                      .flatMap(part -> SchemaField.read(part, problems));
              input.done();
              return schema;
            });
  }

  private List<Step> steps() {
    return fields.require("steps", "[{id: …, notify: {…}}]").map(steps::steps).orElse(List.of());
  }

  private Handlers handlers() {
    return new Handlers(
        fields.find("catch").map(steps::catches).orElse(List.of()),
        fields
            .find("finally")
            .map(list -> steps.inside(steps.around().inHandler()).steps(list))
            .orElse(List.of()));
  }

  private Optional<OnFailure> onFailure(Node node) {
    return values.choice(
        node, List.of(OnFailure.values()), choice -> choice.name().toLowerCase(Locale.ROOT));
  }

  private Optional<CompensationOrder> order(Node node) {
    return values.choice(
        node,
        List.of(CompensationOrder.values()),
        choice -> choice.name().toLowerCase(Locale.ROOT));
  }

  private Optional<Duration> deadline(Node node) {
    return values.duration(node, SHORTEST_DEADLINE, LONGEST_DEADLINE);
  }

  private Optional<Template> output() {
    return fields.find("output").flatMap(new Expressions(problems, Expressions.OF_STEP)::template);
  }
}
