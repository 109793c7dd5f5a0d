package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
   * @param input absent: unchanged
   * @param forgotten all pieces go; nothing else is to be written then
   */
  public record Changes(
      Optional<ExecutionControl> control,
      Map<ScopePath, Optional<Scope>> scopes,
      Map<StepPath, Output> outputs,
      Optional<Json> input,
      boolean forgotten) {
    static final Changes NONE =
        new Changes(Optional.empty(), Map.of(), Map.of(), Optional.empty(), false);
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

  Optional<Output> output(StepPath path) {
    Output changed = changes.outputs().get(path);
    return changed != null ? Optional.of(changed) : stored.output(path);
  }

  Json input() {
    return changes.input().or(stored::input).orElse(Json.NULL);
  }

  ExecutionState with(ExecutionControl control) {
    return changed(
        new Changes(
            Optional.of(control), changes.scopes(), changes.outputs(), changes.input(), false));
  }

  ExecutionState with(ScopePath path, Scope scope) {
    return withScope(path, Optional.of(scope));
  }

  ExecutionState without(ScopePath path) {
    return withScope(path, Optional.empty());
  }

  ExecutionState with(StepPath path, Output output) {
    Map<StepPath, Output> outputs = new HashMap<>(changes.outputs());
    outputs.put(path, output);
    return changed(
        new Changes(changes.control(), changes.scopes(), outputs, changes.input(), false));
  }

  ExecutionState withInput(Json input) {
    return changed(
        new Changes(
            changes.control(), changes.scopes(), changes.outputs(), Optional.of(input), false));
  }

  ExecutionState forgotten() {
    return changed(new Changes(Optional.empty(), Map.of(), Map.of(), Optional.empty(), true));
  }

  private ExecutionState withScope(ScopePath path, Optional<Scope> scope) {
    Map<ScopePath, Optional<Scope>> scopes = new HashMap<>(changes.scopes());
    scopes.put(path, scope);
    return changed(
        new Changes(changes.control(), scopes, changes.outputs(), changes.input(), false));
  }

  private ExecutionState changed(Changes next) {
    return new ExecutionState(id, stored, next);
  }
}
