package io.penstock.worker.call;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DefinitionIndex;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.Located;
import io.penstock.schema.language.Reading;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.secret.EnvironmentAndFileSecrets;
import io.penstock.worker.runtime.Attempt;
import io.penstock.worker.runtime.WorkerSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Hands an attempt to a handler, as the runtime would. */
public final class Handing {
  private Handing() {}

  /** Secrets from environment variables like {@code PENSTOCK_SECRET_CRM_TOKEN}. */
  public static SecretLookup secrets(Map<String, String> environment) {
    return new SecretLookup(
        new WorkerSecrets(new EnvironmentAndFileSecrets(environment, Optional.empty())));
  }

  /**
   * The attempt of the workflow's first step.
   *
   * @param yaml a Workflow and what it names
   * @param context JSON
   */
  public static Attempt attempt(String yaml, String context) {
    return attempt(yaml, context, Optional.empty());
  }

  public static Attempt attempt(String yaml, String context, Optional<Duration> timeout) {
    Reading reading = DefinitionReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    if (!reading.problems().isEmpty()) {
      throw new AssertionError(reading.problems().toString());
    }
    DefinitionIndex index = new DefinitionIndex();
    reading.definitions().stream().map(Located::definition).forEach(index::put);
    Workflow workflow =
        index.all().stream()
            .filter(Workflow.class::isInstance)
            .map(Workflow.class::cast)
            .findFirst()
            .orElseThrow();
    Step step = workflow.steps().getFirst();
    return new Attempt(
        new CommandId(new ExecutionId(workflow.name() + "~abc"), new StepPath(step.id()), 1, 1, 1),
        (Action.Work) step.action(),
        timeout,
        json(context),
        Optional.empty(),
        index);
  }

  private static Json json(String text) {
    try {
      return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
