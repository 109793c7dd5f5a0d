package io.penstock.ingest.control;

import io.penstock.ingest.problem.RejectedException;
import io.penstock.schema.definition.SemanticVersion;
import io.penstock.schema.json.Json;
import io.penstock.schema.json.JsonPatch;
import io.penstock.schema.json.JsonPatchException;
import io.penstock.schema.kafka.DefinitionIndex;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepPath;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Operators' wishes out of a request: {@code {"controls":[…]}}. All of them are right, or none is
 * sent.
 */
final class ControlReader {
  private static final int MAX_CONTROLS = 500;
  private static final int MAX_BY = 100;
  private static final int MAX_REASON = 500;
  private static final int MAX_PATH = 1_000;

  /** No longer than what the parts of a real one may be: a made-up one is not carried on. */
  private static final Pattern EXECUTION =
      Pattern.compile("[a-z][a-z0-9-]{0,62}~[0-9a-v]{26}(~[0-9a-v]{26})?");

  private static final Set<String> MEMBERS =
      Set.of("id", "execution", "verb", "by", "reason", "path", "patch", "version");

  /** What these mean is the whole execution. */
  private static final Set<Control.Verb> OF_NO_STEP =
      EnumSet.of(
          Control.Verb.CANCEL, Control.Verb.PAUSE, Control.Verb.RESUME, Control.Verb.COMPENSATE);

  private final DefinitionIndex definitions;
  private final Set<String> ids = new HashSet<>();

  /**
   * @param definitions as far as they are known here: who names a version has applied it before
   */
  ControlReader(DefinitionIndex definitions) {
    this.definitions = definitions;
  }

  /**
   * @throws RejectedException ({@code invalid-control}) naming the first item that is wrong
   */
  List<Control> read(Json body) throws RejectedException {
    return Items.of(body, "controls", MAX_CONTROLS, this::control);
  }

  private Control control(Item item) throws ItemException {
    item.allow(MEMBERS);
    String id = item.id();
    if (!ids.add(id)) {
      throw new ItemException("id", "stands here twice: each wish has an id of its own");
    }
    Control.Verb verb = verb(item.text("verb", 1, 40));
    ExecutionId execution = execution(item.text("execution", 1, 200));
    return new Control(
        id,
        execution,
        verb,
        item.text("by", 1, MAX_BY),
        item.has("reason") ? item.text("reason", 0, MAX_REASON) : "",
        path(item, verb),
        patch(item, verb),
        version(item, verb, execution));
  }

  private static Control.Verb verb(String name) throws ItemException {
    return Arrays.stream(Control.Verb.values())
        .filter(verb -> verb.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ItemException(
                    "verb",
                    "is none of "
                        + Arrays.stream(Control.Verb.values()).map(Control.Verb::id).toList()));
  }

  private static ExecutionId execution(String id) throws ItemException {
    if (!EXECUTION.matcher(id).matches()) {
      throw new ItemException("execution", "is no execution's id, such as lead~91c9…");
    }
    return new ExecutionId(id);
  }

  private static Optional<StepPath> path(Item item, Control.Verb verb) throws ItemException {
    if (!item.has("path")) {
      return Optional.empty();
    }
    if (OF_NO_STEP.contains(verb)) {
      throw new ItemException("path", "'%s' is about the whole execution".formatted(verb.id()));
    }
    try {
      return Optional.of(new StepPath(item.text("path", 1, MAX_PATH)));
    } catch (IllegalArgumentException e) {
      throw new ItemException("path", "is no step's path, such as pipeline/0/deal");
    }
  }

  private static Optional<Json> patch(Item item, Control.Verb verb) throws ItemException {
    if (!item.has("patch")) {
      return Optional.empty();
    }
    requireReplay("patch", verb);
    Json patch = Json.of(item.value("patch"));
    try {
      JsonPatch unused = JsonPatch.of(patch); // whether it fits, the orchestrator sees
      return Optional.of(patch);
    } catch (JsonPatchException e) {
      throw new ItemException("patch", e.getMessage());
    }
  }

  private Optional<String> version(Item item, Control.Verb verb, ExecutionId execution)
      throws ItemException {
    if (!item.has("version")) {
      return Optional.empty();
    }
    requireReplay("version", verb);
    String version = item.text("version", 1, 100);
    if (SemanticVersion.parse(version).isEmpty()
        || definitions.workflow(execution.workflow(), version).isEmpty()) {
      throw new ItemException(
          "version",
          "workflow '%s' has no such version here: apply it first".formatted(execution.workflow()));
    }
    return Optional.of(version);
  }

  private static void requireReplay(String member, Control.Verb verb) throws ItemException {
    if (verb != Control.Verb.REPLAY) {
      throw new ItemException(member, "goes with 'replay' only");
    }
  }
}
