package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.json.Json;
import io.penstock.schema.json.JsonPatchException;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of an execution that expressions at one place of it can see and do name: {@code input},
 * {@code steps.<id>.output} of earlier steps in the same and the enclosing scopes, the items of
 * rounds around it, {@code execution.id|workflow|version}, and inside a catch {@code
 * error.type|message|step|attempts|input}.
 */
final class Context {
  /**
   * How much longer a value may be when it is written again: a character beyond the 16-bit plane
   * has 4 bytes in UTF-8 and 12 as two escapes; {@code 1e6} becomes {@code 1000000.0}.
   */
  private static final int GROWTH_BY_WRITING = 3;

  /** {@code "":{"output":},} and what a route's output puts beside its branch's. */
  private static final int AROUND_OUTPUT_BYTES = 64;

  /** What stands around input and outputs, with {@code execution} and {@code error}. */
  private static final int ENVELOPE_BYTES = 16 * 1024;

  private final ExecutionState state;
  private final Workflow workflow;
  private final Outputs outputs;
  private final RoundVariables rounds;

  Context(ExecutionState state, Workflow workflow) {
    this.state = state;
    this.workflow = workflow;
    this.outputs = new Outputs(state);
    this.rounds = new RoundVariables(state, workflow);
  }

  /** For the command of a step; empty if it would be too large. */
  Optional<Json> fitting(StepPath path, Action.Work action) {
    ScopePath scope = path.scope();
    if (gathersTooMuch(scope, action.references())) {
      return Optional.empty();
    }
    return Optional.of(Json.of(slice(scope, action.references(), caughtAround(scope))))
        .filter(context -> context.sizeBytes() <= Limits.CONTEXT_BYTES);
  }

  /**
   * As {@link #fitting}, with an operator's edits. They fitted when they were made, and what a step
   * sees does not change while it is open.
   */
  Optional<Json> fitting(StepPath path, Action.Work action, Optional<Json> patch) {
    Optional<Json> whole = fitting(path, action);
    if (whole.isEmpty() || patch.isEmpty()) {
      return whole;
    }
    try {
      return Optional.of(EditedContext.of(whole.get(), patch.get()));
    } catch (JsonPatchException e) {
      return Optional.empty();
    }
  }

  /** Whether {@link #fitting} gives one; mostly without looking inside the pieces. */
  boolean fits(StepPath path, Action.Work action) {
    return boundBytes(path.scope(), action.references()) <= Limits.CONTEXT_BYTES
        || fitting(path, action).isPresent();
  }

  /** At most so many bytes does {@link #fitting} give; may be far more than it does. */
  long mostBytes(StepPath path, Action.Work action) {
    return Math.min(boundBytes(path.scope(), action.references()), Limits.CONTEXT_BYTES);
  }

  /**
   * Whether the outputs of branches and rounds that expressions name are too large to be put
   * together at all.
   */
  boolean gathersTooMuch(ScopePath scope, Set<Reference> references) {
    long bytes = 0;
    for (Map.Entry<StepPath, List<List<String>>> step : stepsIn(scope, references).entrySet()) {
      if (outputs.isGathered(step.getKey())) {
        bytes += outputs.storedBytes(step.getKey(), step.getValue(), Limits.GATHERED_BYTES);
      }
    }
    return bytes > Limits.GATHERED_BYTES;
  }

  /** As expressions see it, e.g. a template of the core's own. */
  Map<String, Object> slice(ScopePath scope, Set<Reference> references, Optional<Caught> error) {
    Map<String, Object> context = new LinkedHashMap<>();
    List<List<String>> input = new ArrayList<>();
    Map<String, List<List<String>>> others = new LinkedHashMap<>();
    boolean namesSteps = false;
    for (Reference reference : references) {
      List<String> path = reference.path();
      switch (reference.root()) {
        case "input" -> input.add(path.subList(1, path.size()));
        case "steps" -> namesSteps = true;
        case "execution" ->
            context.put(
                "execution",
                ordered(
                    "id", state.id().value(),
                    "workflow", workflow.name(),
                    "version", workflow.version()));
        case "error" -> {
          if (!context.containsKey("error")) {
            context.put("error", error.map(caught -> seen(caught, references)).orElse(null));
          }
        }
        default ->
            others
                .computeIfAbsent(reference.root(), any -> new ArrayList<>())
                .add(path.subList(1, path.size()));
      }
    }
    if (!input.isEmpty()) {
      context.put("input", state.input().slice(input).value());
    }
    if (namesSteps) {
      Map<String, Object> seen = new LinkedHashMap<>();
      stepsIn(scope, references)
          .forEach(
              (path, parts) -> seen.put(path.stepId(), ordered("output", outputs.of(path, parts))));
      context.put("steps", seen);
    }
    // What no round around it has is a name that only the worker knows, e.g. vars.
    others.forEach(
        (name, parts) ->
            rounds
                .find(scope, name)
                .ifPresent(value -> context.put(name, value.slice(parts).value())));
    return context;
  }

  /** Those parts of an error that are named. */
  private Object seen(Caught caught, Set<Reference> references) {
    List<List<String>> parts =
        references.stream()
            .filter(reference -> reference.root().equals("error"))
            .map(reference -> reference.path().subList(1, reference.path().size()))
            .toList();
    Map<String, Object> error =
        ordered(
            "type", caught.error().type().id(),
            "message", caught.error().message(),
            "step", caught.step().map(StepPath::value).orElse(null),
            "attempts", (long) caught.attempt());
    if (namesInput(parts)) {
      error.put("input", new FailedInput(workflow, this).of(caught));
    }
    return Json.of(error).slice(parts).value();
  }

  private static boolean namesInput(List<List<String>> parts) {
    return parts.stream().anyMatch(part -> part.isEmpty() || part.getFirst().equals("input"));
  }

  /**
   * Upper bound of the size of a step's context, without looking inside the pieces. A bound that is
   * too low would let {@link Reaction} drop a command that the decision takes for sent.
   */
  private long boundBytes(ScopePath scope, Set<Reference> references) {
    Set<String> roots = new HashSet<>();
    references.forEach(reference -> roots.add(reference.root()));
    long stored = roots.contains("input") ? state.input().sizeBytes() : 0;
    long names = 0;
    for (Map.Entry<StepPath, List<List<String>>> step : stepsIn(scope, references).entrySet()) {
      stored += outputs.storedBytes(step.getKey(), step.getValue(), Limits.CONTEXT_BYTES);
      names += AROUND_OUTPUT_BYTES + step.getKey().stepId().length();
    }
    if (roots.contains("error")) {
      // Small but for the failed step's input, which is made only where it is named.
      Object error = caughtAround(scope).map(caught -> seen(caught, references)).orElse(null);
      stored += Json.of(error).sizeBytes();
    }
    for (String root : roots) {
      stored += rounds.find(scope, root).map(Json::sizeBytes).orElse(0);
    }
    return stored * GROWTH_BY_WRITING + names + ENVELOPE_BYTES;
  }

  /** The parts of outputs that are named, by the step that is meant at this place. */
  private Map<StepPath, List<List<String>>> stepsIn(ScopePath scope, Set<Reference> references) {
    Map<String, List<List<String>>> parts = new LinkedHashMap<>();
    for (Reference reference : references) {
      if (reference.root().equals("steps")) {
        List<String> path = reference.path();
        // `steps` alone, or computed: whatever is visible, whole
        List<String> ids = path.size() > 1 ? List.of(path.get(1)) : visibleFrom(scope);
        List<String> below = path.size() > 3 ? path.subList(3, path.size()) : List.of();
        ids.forEach(id -> parts.computeIfAbsent(id, any -> new ArrayList<>()).add(below));
      }
    }
    Map<StepPath, List<List<String>>> steps = new LinkedHashMap<>();
    parts.forEach((id, named) -> find(scope, id).ifPresent(path -> steps.put(path, named)));
    return steps;
  }

  /**
   * An object of names and values in turn. Not {@code Map.of}: that takes no null, and its order
   * differs from process to process, so that a command decided again would have other bytes.
   */
  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** Where a step with this id stands as seen from a scope: there, or in one around it. */
  private Optional<StepPath> find(ScopePath scope, String id) {
    for (ScopePath here = scope; ; here = here.owner().get().scope()) {
      StepPath path = here.step(id);
      if (state.output(path).isPresent()) {
        return Optional.of(path);
      }
      if (here.owner().isEmpty()) {
        return Optional.empty();
      }
    }
  }

  /**
   * The steps before a place, nearest first. Not those around it: when others have ended them, a
   * branch that goes on would else be sent something else with its next attempt.
   */
  private List<String> visibleFrom(ScopePath scope) {
    List<String> ids = new ArrayList<>(ids(scope));
    for (ScopePath here = scope; here.owner().isPresent(); here = here.owner().get().scope()) {
      StepPath owner = here.owner().get();
      List<String> beside = ids(owner.scope());
      boolean undoesIt = Workflow.isCompensationSlot(here.slot()); // then it is before, too
      int place = beside.indexOf(owner.stepId());
      boolean isOne = place >= 0; // not so for what the workflow itself does, behind all of them
      ids.addAll(isOne ? beside.subList(0, place + (undoesIt ? 1 : 0)) : beside);
    }
    return ids;
  }

  private List<String> ids(ScopePath scope) {
    return workflow.stepsIn(scope).stream().map(Step::id).toList();
  }

  /** What the innermost catch around a scope, or {@code finally}, is handling. */
  Optional<Caught> caughtAround(ScopePath scope) {
    for (ScopePath here = scope; here.owner().isPresent(); here = here.owner().get().scope()) {
      if (Steps.current(state, here.owner().get()).orElse(null) instanceof StepState.Inside inside
          && inside.slot().equals(here.slot())
          && inside.caught().isPresent()) {
        return inside.caught();
      }
    }
    return Optional.empty();
  }

  /**
   * A failure with all that is handled around the step that failed, up to a place from where it is
   * handled, for when what lies between is dropped.
   */
  Caught noted(Caught failed, ScopePath handledFrom) {
    Optional<Caught> around = aroundStepOf(failed);
    return around.isEmpty() || around.equals(caughtAround(handledFrom))
        ? failed
        : failed.within(around.map(inner -> noted(inner, handledFrom)));
  }

  private Optional<Caught> aroundStepOf(Caught failed) {
    return failed.around().or(() -> failed.step().flatMap(step -> caughtAround(step.scope())));
  }
}
