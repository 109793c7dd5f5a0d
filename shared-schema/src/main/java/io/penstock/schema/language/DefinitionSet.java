package io.penstock.schema.language;

import io.penstock.schema.definition.Alert;
import io.penstock.schema.definition.Api;
import io.penstock.schema.definition.Channel;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.definition.Model;
import io.penstock.schema.definition.Prompt;
import io.penstock.schema.definition.SemanticVersion;
import io.penstock.schema.definition.Source;
import io.penstock.schema.definition.Workflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All definitions of a directory or of a server: finds one by its name, and checks what one alone
 * cannot tell. Immutable.
 */
public final class DefinitionSet {
  private final Map<DefinitionKey, Located<Definition>> byKey = new LinkedHashMap<>();
  private final List<Problem> twice = new ArrayList<>();

  private DefinitionSet(Collection<Located<Definition>> definitions) {
    for (Located<Definition> located : definitions) {
      DefinitionKey key = located.definition().key();
      Located<Definition> first = byKey.putIfAbsent(key, located);
      if (first != null && !first.json().equals(located.json())) {
        twice.add(
            located
                .places()
                .problem(
                    "/name",
                    "there is already another %s%s; give one of them another name%s"
                        .formatted(
                            key,
                            first.places().file().isEmpty() ? "" : " in " + first.places().file(),
                            key.version().isPresent() ? " or version" : "")));
      }
    }
  }

  /** Of two with the same key the first counts. */
  public static DefinitionSet of(Collection<Located<Definition>> definitions) {
    return new DefinitionSet(definitions);
  }

  public Collection<Located<Definition>> all() {
    return List.copyOf(byKey.values());
  }

  public Optional<Source> source(String name) {
    return find(Source.class, "Source", name, Optional.empty());
  }

  public Optional<Api> api(String name) {
    return find(Api.class, "Api", name, Optional.empty());
  }

  public Optional<Channel> channel(String name) {
    return find(Channel.class, "Channel", name, Optional.empty());
  }

  public Optional<Model> model(String name) {
    return find(Model.class, "Model", name, Optional.empty());
  }

  public Optional<Workflow> workflow(String name, String version) {
    return find(Workflow.class, "Workflow", name, Optional.of(version));
  }

  /** The named version, or the latest where none is named. */
  public Optional<Prompt> prompt(PromptReference reference) {
    return reference.version().isPresent()
        ? find(Prompt.class, "Prompt", reference.name(), reference.version())
        : byKey.values().stream()
            .map(Located::definition)
            .filter(Prompt.class::isInstance)
            .map(Prompt.class::cast)
            .filter(prompt -> prompt.name().equals(reference.name()))
            .max(
                Comparator.comparing(
                    prompt -> SemanticVersion.parse(prompt.version()).orElseThrow()));
  }

  /** The names of all definitions of a kind, for suggestions. */
  List<String> names(String kind) {
    return byKey.keySet().stream()
        .filter(key -> key.kind().equals(kind))
        .map(DefinitionKey::name)
        .distinct()
        .toList();
  }

  /**
   * What does not fit together: names that lead nowhere, references to steps and members that
   * cannot be there, variables that a prompt reads and nobody gives. Empty: everything fits.
   */
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>(twice);
    for (Located<Definition> located : byKey.values()) {
      switch (located.definition()) {
        case Workflow workflow ->
            new WorkflowCheck(this, workflow, located.places(), problems).check();
        case Prompt prompt -> {
          if (model(prompt.model()).isEmpty()) {
            problems.add(located.places().problem("/model", missing("Model", prompt.model())));
          }
        }
        case Alert alert -> {
          Optional<Channel> channel = channel(alert.channel());
          if (channel.isEmpty()) {
            problems.add(located.places().problem("/channel", missing("Channel", alert.channel())));
          } else if (channel.get().destination() instanceof Channel.MailServer) {
            problems.add(
                located
                    .places()
                    .problem(
                        "/channel",
                        "an alert has no recipients of mails; name a channel of type http or slack"));
          }
        }
        case Source ignored -> {}
        case Api ignored -> {}
        case Channel ignored -> {}
        case Model ignored -> {}
      }
    }
    return List.copyOf(problems);
  }

  String missing(String kind, String name) {
    return "there is no %s '%s'".formatted(kind, name) + Suggestion.among(names(kind), name);
  }

  private <D extends Definition> Optional<D> find(
      Class<D> type, String kind, String name, Optional<String> version) {
    return Optional.ofNullable(byKey.get(new DefinitionKey(kind, name, version)))
        .map(Located::definition)
        .map(type::cast);
  }
}
