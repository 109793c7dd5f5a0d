package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.StepPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a step that failed was to do, with its expressions evaluated: made again from the definition
 * and from outputs, which do not change, so nothing more is stored.
 */
final class FailedInput {
  private final Workflow workflow;
  private final Context context;

  FailedInput(Workflow workflow, Context context) {
    this.workflow = workflow;
    this.context = context;
  }

  /**
   * A request ({@code method}, {@code path}, {@code query}, {@code headers}, {@code body}), the
   * variables of a prompt, or a {@code text}. Null for other steps, and where it cannot be made: it
   * may be what the step failed of.
   */
  Object of(Caught caught) {
    return caught
        .step()
        .flatMap(step -> of(step, caught.around().or(() -> context.caughtAround(step.scope()))))
        .map(Json::value)
        .orElse(null);
  }

  /**
   * @param handled by the catch in which the step stood
   */
  private Optional<Json> of(StepPath path, Optional<Caught> handled) {
    Optional<Step> step = workflow.step(path);
    if (step.isEmpty()
        || !(step.get().action() instanceof Action.Work work)
        || !context.fits(path, work)) {
      return Optional.empty();
    }
    Map<String, ?> seen = context.slice(path.scope(), work.references(), handled);
    try {
      return input(work, seen).filter(input -> input.sizeBytes() <= Limits.OUTPUT_BYTES);
    } catch (ExpressionException e) {
      return Optional.empty();
    }
  }

  private static Optional<Json> input(Action.Work work, Map<String, ?> seen)
      throws ExpressionException {
    return switch (work) {
      case Action.Enrich enrich -> Optional.of(request(enrich.request(), seen));
      case Action.NotifyApi inform -> Optional.of(request(inform.request(), seen));
      case Action.NotifyChannel inform -> {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("text", inform.text().render(seen));
        yield Optional.of(Json.of(text));
      }
      case Action.Llm llm -> Optional.of(Json.of(llm.variables().render(seen)));
      case Action.Route ignored -> Optional.empty();
    };
  }

  private static Json request(Action.HttpRequest request, Map<String, ?> seen)
      throws ExpressionException {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("method", request.method());
    parts.put("path", request.path().render(seen));
    put(parts, "query", request.query(), seen);
    put(parts, "headers", request.headers(), seen);
    put(parts, "body", request.body(), seen);
    return Json.of(parts);
  }

  private static void put(
      Map<String, Object> parts, String name, Optional<Template> part, Map<String, ?> seen)
      throws ExpressionException {
    if (part.isPresent()) {
      parts.put(name, part.get().render(seen));
    }
  }
}
