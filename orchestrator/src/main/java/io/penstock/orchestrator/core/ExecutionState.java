package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * State of one execution: its stored pieces with the changes of the current decision on top.
 * Immutable; each change gives a new state.
 */
public final class ExecutionState {
  private final ExecutionId id;
  private final Pieces stored;
  private final Changes changes;

  private ExecutionState(ExecutionId id, Pieces stored, Changes changes) {
    this.id = id;
    this.stored = stored;
    this.changes = changes;
  }

  public static ExecutionState of(ExecutionId id, Pieces stored) {
    return new ExecutionState(id, stored, Changes.NONE);
  }

  /**
   * What must be written to have this state stored.
   *
   * @param control absent: unchanged
   * @param scopes by path; an empty value: closed
   * @param items slices of the lists of foreaches that found theirs
   * @param input absent: unchanged
   * @param forgotten all pieces go; nothing else is to be written then
   */
  public record Changes(
      Optional<ExecutionControl> control,
      Map<ScopePath, Optional<Scope>> scopes,
      Map<StepPath, Output> outputs,
      Map<StepPath, List<ItemSlice>> items,
      Optional<Json> input,
      boolean forgotten) {
    static final Changes NONE =
        new Changes(Optional.empty(), Map.of(), Map.of(), Map.of(), Optional.empty(), false);
  }

  public ExecutionId id() {
    return id;
  }

  public Changes changes() {
    return changes;
  }

  public Optional<ExecutionControl> control() {
    if (changes.forgotten()) {
      return Optional.empty();
    }
    return changes.control().or(stored::control);
  }

  Optional<Scope> scope(ScopePath path) {
    Optional<Scope> changed = changes.scopes().get(path);
    return changed != null ? changed : stored.scope(path);
  }

  /** The running scopes at a place and inside it, in the order of their paths. */
  SortedMap<ScopePath, Scope> scopes(ScopePath under) {
    SortedMap<ScopePath, Scope> scopes = new TreeMap<>(Comparator.comparing(ScopePath::value));
    scopes.putAll(stored.scopes(under));
    changes
        .scopes()
        .forEach(
            (path, scope) -> {
              if (isWithin(path, under)) {
                scope.ifPresentOrElse(open -> scopes.put(path, open), () -> scopes.remove(path));
              }
            });
    return scopes;
  }

  /** Whether a scope is that one, or inside it. */
  static boolean isWithin(ScopePath path, ScopePath scope) {
    return scope.value().isEmpty()
        || path.equals(scope)
        || path.value().startsWith(scope.value() + "/");
  }

  /** The open steps, in the order of their paths. */
  List<OpenStep> openSteps() {
    return scopes(ScopePath.ROOT).entrySet().stream()
        .flatMap(scope -> OpenStep.in(scope.getKey(), scope.getValue()).stream())
        .toList();
  }

  /** Until when it waits at the latest, if waiting is all it does. */
  public Optional<Instant> waitingUntil() {
    return control().filter(ExecutionState::onlyWaits).isPresent()
        ? openSteps().stream()
            .filter(step -> step.kind() == OpenStep.Kind.WAITING)
            .map(OpenStep::due)
            .min(Comparator.naturalOrder())
        : Optional.empty();
  }

  private static boolean onlyWaits(ExecutionControl control) {
    return switch (control.status()) {
      case WAITING -> true;
      case COMPENSATING -> control.open().requested() == 0 && control.open().waiting() > 0;
      case RUNNING, PAUSED, SUSPENDED, FAILED_TO_COMPENSATE -> false;
      case COMPLETED, CANCELLED, FAILED, COMPENSATED -> false;
    };
  }

  Optional<Output> output(StepPath path) {
    Output changed = changes.outputs().get(path);
    return changed != null ? Optional.of(changed) : stored.output(path);
  }

  Optional<ItemSlice> items(StepPath foreach, int slice) {
    List<ItemSlice> changed = changes.items().get(foreach);
    if (changed == null) {
      return stored.items(foreach, slice);
    }
    return slice < changed.size() ? Optional.of(changed.get(slice)) : Optional.empty();
  }

  Json input() {
    return changes.input().or(stored::input).orElse(Json.NULL);
  }

  ExecutionState with(ExecutionControl control) {
    Optional<ExecutionControl> next = Optional.of(control);
    return changed(
        next.equals(stored.control()) ? Optional.empty() : next,
        changes.scopes(),
        changes.outputs(),
        changes.items());
  }

  ExecutionState with(ScopePath path, Optional<Scope> scope) {
    Map<ScopePath, Optional<Scope>> scopes = new HashMap<>(changes.scopes());
    scopes.put(path, scope);
    return changed(changes.control(), scopes, changes.outputs(), changes.items());
  }

  ExecutionState with(StepPath path, Output output) {
    Map<StepPath, Output> outputs = new HashMap<>(changes.outputs());
    outputs.put(path, output);
    return changed(changes.control(), changes.scopes(), outputs, changes.items());
  }

  ExecutionState with(StepPath foreach, List<ItemSlice> slices) {
    Map<StepPath, List<ItemSlice>> items = new HashMap<>(changes.items());
    items.put(foreach, slices);
    return changed(changes.control(), changes.scopes(), changes.outputs(), items);
  }

  ExecutionState withInput(Json input) {
    return new ExecutionState(
        id,
        stored,
        new Changes(
            changes.control(),
            changes.scopes(),
            changes.outputs(),
            changes.items(),
            Optional.of(input),
            false));
  }

  ExecutionState forgotten() {
    return new ExecutionState(
        id,
        stored,
        new Changes(Optional.empty(), Map.of(), Map.of(), Map.of(), Optional.empty(), true));
  }

  private ExecutionState changed(
      Optional<ExecutionControl> control,
      Map<ScopePath, Optional<Scope>> scopes,
      Map<StepPath, Output> outputs,
      Map<StepPath, List<ItemSlice>> items) {
    return new ExecutionState(
        id, stored, new Changes(control, scopes, outputs, items, changes.input(), false));
  }
}
