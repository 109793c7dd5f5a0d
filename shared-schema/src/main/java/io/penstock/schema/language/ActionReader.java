package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.expression.Template;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a step or a catch does. */
final class ActionReader {
  static final List<String> KINDS =
      List.of("enrich", "llm", "route", "notify", "parallel", "foreach", "wait");

  /** Those that make no attempts themselves. */
  static final List<String> AROUND = List.of("parallel", "foreach", "wait");

  static final Set<String> LATER = Set.of("approval", "workflow", "set", "emit");

  private static final Template NOTHING = nothing();

  private final Problems problems;
  private final Values values;
  private final Expressions expressions;
  private final StepReader steps;

  /**
   * @param steps for those inside; null where there can be none
   */
  ActionReader(Problems problems, List<String> variables, StepReader steps) {
    this.problems = problems;
    this.values = new Values(problems);
    this.expressions = new Expressions(problems, variables);
    this.steps = steps;
  }

  /** The one action among the fields of a step; reports if there is none or more than one. */
  Optional<Action> read(Fields fields) {
    List<String> written = KINDS.stream().filter(fields::has).toList();
    if (written.isEmpty()) {
      if (LATER.stream().noneMatch(fields::has)) {
        problems.add(fields.spot(), "this does nothing; write one of " + String.join(", ", KINDS));
      } else {
        LATER.stream().filter(fields::has).forEach(kind -> notYet(fields, kind));
      }
      return Optional.empty();
    }
    if (written.size() > 1) {
      problems.add(
          fields.spot(written.get(1)),
          "this does %s at once; write one step for each".formatted(String.join(" and ", written)));
    }
    String kind = written.getFirst();
    return fields.find(kind).flatMap(node -> action(kind, node));
  }

  private void notYet(Fields fields, String kind) {
    problems.add(
        fields.spot(kind),
        "'%s' is not supported yet; there is %s".formatted(kind, String.join(", ", KINDS)));
  }

  private Optional<Action> action(String kind, Node node) {
    return switch (kind) {
      case "enrich" -> Optional.of(enrich(Fields.of(node, "enrich", problems)));
      case "llm" -> Optional.of(llm(Fields.of(node, "llm", problems)));
      case "notify" -> Optional.of(inform(Fields.of(node, "notify", problems)));
      case "parallel" -> Optional.of(new ParallelReader(problems, steps).read(node));
      case "foreach" ->
          new ForeachReader(problems, expressions, steps).read(node).map(foreach -> foreach);
      case "wait" -> new WaitReader(problems, expressions).read(node).map(wait -> wait);
      default -> new RouteReader(problems, expressions, steps).read(node).map(route -> route);
    };
  }

  private Action.Work enrich(Fields fields) {
    Action.Enrich enrich = new Action.Enrich(api(fields), request(fields));
    fields.done();
    return enrich;
  }

  private Action.Work llm(Fields fields) {
    Action.Llm llm =
        new Action.Llm(
            fields.require("prompt", "lead-scoring").flatMap(this::prompt).orElse(""),
            fields.find("variables").flatMap(expressions::objectTemplate).orElse(NOTHING),
            fields.find("model").flatMap(values::name),
            fields.find("complexity").flatMap(node -> values.integer(node, 1, 5)));
    fields.done(Set.of("budget", "relaxed", "cache"));
    return llm;
  }

  private Action.Work inform(Fields fields) {
    boolean channel = fields.has("channel");
    if (channel == fields.has("api")) {
      problems.add(
          fields.spot(), "notify needs either 'api' and 'request', or 'channel' and 'text'");
    }
    Action.Work action =
        channel
            ? new Action.NotifyChannel(
                fields.require("channel", "slack-sales").flatMap(values::name).orElse(""),
                fields.require("text", "\"…\"").flatMap(expressions::textTemplate).orElse(NOTHING),
                new MailReader(problems, expressions).read(fields))
            : new Action.NotifyApi(api(fields), request(fields));
    fields.done();
    return action;
  }

  private String api(Fields fields) {
    return fields.require("api", "crm").flatMap(values::name).orElse("");
  }

  private Action.HttpRequest request(Fields fields) {
    return fields
        .require("request", "{method: POST, path: /leads}")
        .map(node -> new RequestReader(problems, expressions).read(node))
        .orElse(
            new Action.HttpRequest(
                "", NOTHING, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private Optional<String> prompt(Node node) {
    return values
        .text(node)
        .flatMap(
            text -> {
              if (PromptReference.parse(text).isPresent()) {
                return Optional.of(text);
              }
              problems.add(
                  node.spot(),
                  "'%s' names no prompt; write name or name@version, e.g. lead-scoring@1.0.0"
                      .formatted(text));
              return Optional.empty();
            });
  }

  private static Template nothing() {
    return Templates.constant(java.util.Map.of());
  }
}
