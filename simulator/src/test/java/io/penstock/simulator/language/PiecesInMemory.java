package io.penstock.simulator.language;

import io.penstock.orchestrator.core.ExecutionControl;
import io.penstock.orchestrator.core.ExecutionState;
import io.penstock.orchestrator.core.ItemSlice;
import io.penstock.orchestrator.core.Output;
import io.penstock.orchestrator.core.Pieces;
import io.penstock.orchestrator.core.Scope;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pieces of one execution, as the real shell keeps them in its stores. */
final class PiecesInMemory implements Pieces {
  private Optional<ExecutionControl> control = Optional.empty();
  private final TreeMap<String, Scope> scopes = new TreeMap<>();
  private final Map<StepPath, Output> outputs = new HashMap<>();
  private final Map<StepPath, List<ItemSlice>> items = new HashMap<>();
  private Optional<Json> input = Optional.empty();

  void apply(ExecutionState.Changes changes) {
    if (changes.forgotten()) {
      control = Optional.empty();
      scopes.clear();
      outputs.clear();
      items.clear();
      input = Optional.empty();
      return;
    }
    control = changes.control().or(() -> control);
    changes
        .scopes()
        .forEach(
            (path, scope) ->
                scope.ifPresentOrElse(
                    open -> scopes.put(path.value(), open), () -> scopes.remove(path.value())));
    outputs.putAll(changes.outputs());
    items.putAll(changes.items());
    input = changes.input().or(() -> input);
  }

  @Override
  public Optional<ExecutionControl> control() {
    return control;
  }

  @Override
  public Optional<Scope> scope(ScopePath path) {
    return Optional.ofNullable(scopes.get(path.value()));
  }

  @Override
  public Map<ScopePath, Scope> scopes(ScopePath under) {
    Map<ScopePath, Scope> found = new LinkedHashMap<>();
    scopes.forEach(
        (path, scope) -> {
          if (under.value().isEmpty()
              || path.equals(under.value())
              || path.startsWith(under.value() + "/")) {
            found.put(new ScopePath(path), scope);
          }
        });
    return found;
  }

  @Override
  public Optional<ItemSlice> items(StepPath foreach, int slice) {
    List<ItemSlice> slices = items.getOrDefault(foreach, List.of());
    return slice < slices.size() ? Optional.of(slices.get(slice)) : Optional.empty();
  }

  @Override
  public Optional<Output> output(StepPath path) {
    return Optional.ofNullable(outputs.get(path));
  }

  @Override
  public Optional<Json> input() {
    return input;
  }
}
