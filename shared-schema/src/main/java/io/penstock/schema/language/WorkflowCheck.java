package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Channel;
import io.penstock.schema.definition.Prompt;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Trigger;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.expression.Template;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks one workflow against the definitions that it names, and its steps against each other. */
final class WorkflowCheck {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private final DefinitionSet definitions;
  private final Workflow workflow;
  private final Places places;
  private final List<Problem> problems;
  private final OutputShapes outputs;
  private final ReferenceCheck references;

  WorkflowCheck(
      DefinitionSet definitions, Workflow workflow, Places places, List<Problem> problems) {
    this.definitions = definitions;
    this.workflow = workflow;
    this.places = places;
    this.problems = problems;
    this.outputs = new OutputShapes(definitions);
    this.references = new ReferenceCheck(workflow, places, problems);
  }

  void check() {
    for (int i = 0; i < workflow.on().size(); i++) {
      Trigger trigger = workflow.on().get(i);
      // What is no name is the CloudEvents source of an event that is posted to /events.
      if (NAME.matcher(trigger.source()).matches()
          && definitions.source(trigger.source()).isEmpty()) {
        add("/on/" + i + "/source", definitions.missing("Source", trigger.source()));
      }
    }
    Visible all = steps(workflow.steps(), "/steps", Visible.NOTHING);
    workflow.output().ifPresent(output -> references.check(output, "/output", all));
    // Which of them are done when these run, nobody knows before.
    catches(workflow.handlers().catches(), "/catch", all);
    steps(workflow.handlers().lastly(), "/finally", all);
  }

  /** Returns what can be seen behind the last of them. */
  private Visible steps(List<Step> steps, String pointer, Visible outer) {
    Visible visible = outer;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String here = pointer + "/" + i;
      action(step.action(), here, visible);
      catches(step.catches(), here + "/catch", visible);
      visible = visible.behind(step.id(), outputs.of(step));
      if (step.compensation().isPresent()) { // sees what it is to undo
        action(step.compensation().get().action(), here + "/compensate", visible);
      }
    }
    return visible;
  }

  private void catches(List<Catch> catches, String pointer, Visible visible) {
    for (int i = 0; i < catches.size(); i++) {
      String here = pointer + "/" + i;
      switch (catches.get(i).handling()) {
        case Catch.FallbackOutput fallback ->
            references.check(fallback.output(), here + "/output", visible);
        case Catch.FallbackAction fallback -> action(fallback.action(), here, visible);
        case Catch.FallbackSteps fallback -> {
          Visible behind = steps(fallback.steps(), here + "/steps", visible);
          fallback.output().ifPresent(output -> references.check(output, here + "/output", behind));
        }
      }
    }
  }

  private void action(Action action, String pointer, Visible visible) {
    switch (action) {
      case Action.Enrich enrich -> {
        api(enrich.api(), pointer + "/enrich");
        request(enrich.request(), pointer + "/enrich/request", visible);
      }
      case Action.NotifyApi notify -> {
        api(notify.api(), pointer + "/notify");
        request(notify.request(), pointer + "/notify/request", visible);
      }
      case Action.NotifyChannel notify -> {
        channel(notify, pointer + "/notify");
        references.check(notify.text(), pointer + "/notify/text", visible);
        notify.mail().ifPresent(mail -> mail(mail, pointer + "/notify", visible));
      }
      case Action.Llm llm -> {
        llm(llm, pointer + "/llm");
        references.check(llm.variables(), pointer + "/llm/variables", visible);
      }
      case Action.Route route -> route(route, pointer + "/route", visible);
      case Action.Parallel parallel -> parallel(parallel, pointer + "/parallel", visible);
      case Action.Foreach foreach -> foreach(foreach, pointer + "/foreach", visible);
      case Action.Wait wait -> references.check(wait.time(), pointer + "/wait/for", visible);
    }
  }

  private void route(Action.Route route, String pointer, Visible visible) {
    for (int i = 0; i < route.branches().size(); i++) {
      Action.Branch branch = route.branches().get(i);
      String here = pointer + "/" + i;
      branch.when().ifPresent(when -> references.check(when.references(), here + "/when", visible));
      steps(branch.steps(), here + "/steps", visible);
    }
  }

  private void parallel(Action.Parallel parallel, String pointer, Visible visible) {
    for (int i = 0; i < parallel.branches().size(); i++) {
      steps(parallel.branches().get(i).steps(), pointer + "/branches/" + i + "/steps", visible);
    }
  }

  private void foreach(Action.Foreach foreach, String pointer, Visible visible) {
    references.check(foreach.items().references(), pointer + "/items", visible);
    steps(foreach.steps(), pointer + "/steps", visible.in(foreach));
  }

  private void api(String name, String pointer) {
    if (definitions.api(name).isEmpty()) {
      add(pointer + "/api", definitions.missing("Api", name));
    }
  }

  private void channel(Action.NotifyChannel notify, String pointer) {
    Optional<Channel> channel = definitions.channel(notify.channel());
    if (channel.isEmpty()) {
      add(pointer + "/channel", definitions.missing("Channel", notify.channel()));
      return;
    }
    switch (channel.get().destination()) {
      case Channel.MailServer ignored when notify.mail().isEmpty() ->
          add(
              pointer,
              "Channel '%s' sends mails; write to: and subject: besides text"
                  .formatted(notify.channel()));
      case Channel.Webhook ignored when notify.mail().isPresent() ->
          add(
              pointer,
              "Channel '%s' sends no mails; only text can be written, or take a Channel of type"
                      .formatted(notify.channel())
                  + " smtp");
      case Channel.MailServer ignored -> {}
      case Channel.Webhook ignored -> {}
    }
  }

  private void mail(Action.Mail mail, String pointer, Visible visible) {
    references.check(mail.to(), pointer + "/to", visible);
    references.check(mail.subject(), pointer + "/subject", visible);
    mail.html().ifPresent(part -> references.check(part, pointer + "/html", visible));
    mail.headers().ifPresent(part -> references.check(part, pointer + "/headers", visible));
  }

  private void request(Action.HttpRequest request, String pointer, Visible visible) {
    references.check(request.path(), pointer + "/path", visible);
    request.query().ifPresent(part -> references.check(part, pointer + "/query", visible));
    request.headers().ifPresent(part -> references.check(part, pointer + "/headers", visible));
    request.body().ifPresent(part -> references.check(part, pointer + "/body", visible));
  }

  private void llm(Action.Llm llm, String pointer) {
    llm.model()
        .filter(model -> definitions.model(model).isEmpty())
        .ifPresent(model -> add(pointer + "/model", definitions.missing("Model", model)));
    PromptReference reference = PromptReference.parse(llm.prompt()).orElseThrow();
    definitions
        .prompt(reference)
        .ifPresentOrElse(
            prompt -> variables(llm, prompt, pointer),
            () -> add(pointer + "/prompt", missingPrompt(reference)));
  }

  private String missingPrompt(PromptReference reference) {
    return definitions
        .prompt(new PromptReference(reference.name(), Optional.empty()))
        .map(
            latest ->
                "Prompt '%s' has no version %s; its latest here is %s"
                    .formatted(reference.name(), reference.version().orElse(""), latest.version()))
        .orElseGet(() -> definitions.missing("Prompt", reference.name()));
  }

  private void variables(Action.Llm llm, Prompt prompt, String pointer) {
    Map<?, ?> given = (Map<?, ?>) llm.variables().source().value();
    Set<String> missing = new LinkedHashSet<>();
    Set<Reference> read = new LinkedHashSet<>(prompt.user().references());
    prompt.system().map(Template::references).ifPresent(read::addAll);
    for (Reference reference : read) {
      if (reference.path().size() > 1 && !given.containsKey(reference.path().get(1))) {
        missing.add(reference.path().get(1));
      }
    }
    for (String name : missing) {
      add(
          pointer + "/variables",
          "prompt '%s' reads vars.%s; write %s: \"{{ … }}\" under variables"
              .formatted(llm.prompt(), name, name));
    }
  }

  private void add(String pointer, String message) {
    problems.add(places.problem(pointer, message));
  }
}
