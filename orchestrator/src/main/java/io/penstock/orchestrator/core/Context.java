package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
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
 * {@code steps.<id>.output} of earlier steps in the same and the enclosing scopes, {@code
 * execution.id|workflow|version}, and inside a catch {@code error.type|message}.
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

  Context(ExecutionState state, Workflow workflow) {
    this.state = state;
    this.workflow = workflow;
  }

  /** For the action of a step. */
  Json of(StepPath path, Action action) {
    return Json.of(slice(path.scope(), action.references(), caughtAround(path.scope())));
  }

  /** For a template of the core's own, e.g. a fallback output. */
  Map<String, Object> slice(ScopePath scope, Set<Reference> references, Optional<StepError> error) {
    Map<String, Object> context = new LinkedHashMap<>();
    List<List<String>> input = new ArrayList<>();
    Map<String, List<List<String>>> steps = new LinkedHashMap<>();
    for (Reference reference : references) {
      List<String> path = reference.path();
      switch (reference.root()) {
        case "input" -> input.add(path.subList(1, path.size()));
        case "steps" -> {
          // `steps` alone, or computed: whatever is visible, whole
          List<String> ids = path.size() > 1 ? List.of(path.get(1)) : visibleFrom(scope);
          List<String> below = path.size() > 3 ? path.subList(3, path.size()) : List.of();
          ids.forEach(id -> steps.computeIfAbsent(id, any -> new ArrayList<>()).add(below));
        }
        case "execution" ->
            context.put(
                "execution",
                ordered(
                    "id", state.id().value(),
                    "workflow", workflow.name(),
                    "version", workflow.version()));
        case "error" ->
            error.ifPresent(
                e -> context.put("error", ordered("type", e.type().id(), "message", e.message())));
        default -> {
          // a name that only the worker knows, e.g. vars
        }
      }
    }
    if (!input.isEmpty()) {
      context.put("input", state.input().slice(input).value());
    }
    if (!steps.isEmpty()) {
      Map<String, Object> outputs = new LinkedHashMap<>();
      steps.forEach(
          (id, paths) ->
              find(scope, id)
                  .ifPresent(path -> outputs.put(id, ordered("output", output(path, paths)))));
      context.put("steps", outputs);
    }
    return context;
  }

  /**
   * Upper bound of the size of a step's context, without looking inside the pieces. A bound that is
   * too low would let {@link Reaction} drop a command that the decision takes for sent.
   */
  long boundBytes(StepPath path, Action action) {
    Set<String> roots = new HashSet<>();
    Set<StepPath> steps = new HashSet<>();
    for (Reference reference : action.references()) {
      roots.add(reference.root());
      if (reference.root().equals("steps")) {
        List<String> ids =
            reference.path().size() > 1
                ? List.of(reference.path().get(1))
                : visibleFrom(path.scope());
        ids.forEach(id -> find(path.scope(), id).ifPresent(steps::add));
      }
    }
    long input = roots.contains("input") ? state.input().sizeBytes() : 0;
    long outputs = steps.stream().mapToLong(this::storedBytes).sum();
    long names = steps.stream().mapToLong(step -> AROUND_OUTPUT_BYTES + nameBytes(step)).sum();
    return (input + outputs) * GROWTH_BY_WRITING + names + ENVELOPE_BYTES;
  }

  private static long nameBytes(StepPath step) {
    return step.stepId().length();
  }

  /** The whole output of a step, with what it takes over from another put in its place. */
  Object output(StepPath path) {
    return state.output(path).map(this::composed).orElse(null);
  }

  private Object output(StepPath path, List<List<String>> parts) {
    Object whole = output(path);
    return whole instanceof Map<?, ?> && parts.stream().noneMatch(List::isEmpty)
        ? sliced(path, whole, parts)
        : whole;
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

  private Object sliced(StepPath path, Object whole, List<List<String>> parts) {
    return state
        .output(path)
        .filter(output -> output.of().isEmpty())
        .map(output -> output.own().slice(parts).value())
        .orElseGet(() -> Json.of(whole).slice(parts).value());
  }

  private Object composed(Output output) {
    if (output.of().isEmpty()) {
      return output.own().value();
    }
    Object taken = output(output.of().get());
    if (!(output.own().value() instanceof Map<?, ?> beside)) {
      return taken;
    }
    Map<String, Object> both = new LinkedHashMap<>();
    beside.forEach((name, value) -> both.put((String) name, value));
    both.put("output", taken);
    return both;
  }

  private long storedBytes(StepPath path) {
    return state
        .output(path)
        .map(o -> o.own().sizeBytes() + o.of().map(this::storedBytes).orElse(0L))
        .orElse(0L);
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

  private List<String> visibleFrom(ScopePath scope) {
    List<String> ids = new ArrayList<>();
    for (ScopePath here = scope; ; here = here.owner().get().scope()) {
      workflow.stepsIn(here).stream().map(Step::id).forEach(ids::add);
      if (here.owner().isEmpty()) {
        return ids;
      }
    }
  }

  /** The error that the innermost catch around a scope is handling. */
  private Optional<StepError> caughtAround(ScopePath scope) {
    for (ScopePath here = scope; here.owner().isPresent(); here = here.owner().get().scope()) {
      if (Steps.current(state, here.owner().get()).orElse(null) instanceof StepState.Inside inside
          && inside.caught().isPresent()) {
        return inside.caught();
      }
    }
    return Optional.empty();
  }
}
