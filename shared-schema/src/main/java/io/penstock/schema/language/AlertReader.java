package io.penstock.schema.language;

import io.penstock.schema.definition.Alert;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.expression.Expression;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.expression.Template;
import io.penstock.schema.expression.Variables;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads an {@code Alert}. */
final class AlertReader {
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofDays(30);
  private static final Duration LONGEST_THROTTLE = Duration.ofDays(1);
  private static final Duration LEAST_FOR_DEAD_LETTERS = Duration.ofMinutes(1);
  private static final Template SUMMARY = Templates.constant("{{ input.summary }}");

  /** What there is to know about one occurrence. */
  private static final Shape OCCURRENCE = new Shape.Members(ofOccurrence());

  /** What there is to know when the message is written. */
  private static final Shape MESSAGE = new Shape.Members(ofMessage());

  private final Fields fields;
  private final Problems problems;
  private final Values values;
  private final Expressions expressions;

  private AlertReader(Fields fields) {
    this.fields = fields;
    this.problems = fields.problems();
    this.values = new Values(problems);
    this.expressions = new Expressions(problems, List.of(Variables.INPUT));
  }

  static Definition read(Fields fields) {
    return new AlertReader(fields).read();
  }

  private Alert read() {
    Set<Alert.On> on = on();
    Alert alert =
        new Alert(
            fields.require("name", "on-call").flatMap(values::name).orElse(""),
            fields.require("version", "1.0.0").flatMap(values::version).orElse(""),
            on,
            waitsFor(on),
            fields.find("when").flatMap(this::when),
            fields.require("channel", "on-call").flatMap(values::text).orElse(""),
            fields.find("text").flatMap(this::text).orElse(SUMMARY),
            fields
                .find("throttle")
                .flatMap(node -> throttle(node, on))
                .orElse(Alert.DEFAULT_THROTTLE));
    fields.done(Set.of("description", "metric", "above", "below"));
    return alert;
  }

  private Set<Alert.On> on() {
    Set<Alert.On> on = EnumSet.noneOf(Alert.On.class);
    fields
        .require("on", "[suspended, failed]")
        .map(node -> values.list(node, "occasions"))
        .orElse(List.of())
        .forEach(
            node ->
                values.choice(node, List.of(Alert.On.values()), Alert.On::id).ifPresent(on::add));
    return on;
  }

  private Optional<Duration> waitsFor(Set<Alert.On> on) {
    boolean waiting = on.contains(Alert.On.WAITING);
    if (!waiting && fields.has("for")) {
      problems.add(
          fields.spot("for"),
          "'for' says after how long a step that waits is told of; add waiting to 'on', or leave it out");
      return Optional.empty();
    }
    return (waiting ? fields.require("for", "15m") : Optional.<Node>empty())
        .flatMap(node -> values.duration(node, SHORTEST_WAIT, LONGEST_WAIT));
  }

  /** What nobody could read may be the event of an alert, or a command that it led to. */
  private Optional<Duration> throttle(Node node, Set<Alert.On> on) {
    Optional<Duration> throttle = values.duration(node, Duration.ZERO, LONGEST_THROTTLE);
    if (throttle.isPresent()
        && on.contains(Alert.On.DEAD_LETTER)
        && throttle.get().compareTo(LEAST_FOR_DEAD_LETTERS) < 0) {
      problems.add(
          node.spot(),
          "with deadLetter the throttle is 1m or more, since the record may be an alert's own; write 1m");
      return Optional.empty();
    }
    return throttle;
  }

  private Optional<Expression> when(Node node) {
    Optional<Expression> when = expressions.condition(node);
    when.ifPresent(condition -> check(node, condition.references(), OCCURRENCE));
    return when;
  }

  private Optional<Template> text(Node node) {
    Optional<Template> text = expressions.textTemplate(node);
    text.ifPresent(template -> check(node, template.references(), MESSAGE));
    return text;
  }

  private void check(Node node, Set<Reference> references, Shape shape) {
    for (Reference reference : references) {
      List<String> below = reference.path().subList(1, reference.path().size());
      if (reference.root().equals(Variables.INPUT) && !shape.canHave(below)) {
        problems.add(
            node.spot(),
            "'%s' cannot be there: an occurrence has no such member".formatted(reference)
                + Suggestion.among(shape.members(), below.getFirst()));
      }
    }
  }

  private static Map<String, Shape> ofOccurrence() {
    Map<String, Shape> members = new LinkedHashMap<>();
    for (String name :
        List.of(
            "kind",
            "execution",
            "workflow",
            "version",
            "step",
            "waitsFor",
            "since",
            "until",
            "topic",
            "link")) {
      members.put(name, Shape.NO_OBJECT);
    }
    members.put(
        "error", new Shape.Members(Map.of("type", Shape.NO_OBJECT, "message", Shape.NO_OBJECT)));
    return members;
  }

  private static Map<String, Shape> ofMessage() {
    Map<String, Shape> members = ofOccurrence();
    members.put("count", Shape.NO_OBJECT);
    members.put("summary", Shape.NO_OBJECT);
    return members;
  }
}
