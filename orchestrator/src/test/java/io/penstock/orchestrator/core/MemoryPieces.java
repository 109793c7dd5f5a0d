package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The stored pieces of one execution, as the shell keeps them, in memory. */
final class MemoryPieces implements Pieces {
  private Optional<ExecutionControl> control = Optional.empty();
  private final Map<String, Scope> scopes = new TreeMap<>();
  private final Map<StepPath, Output> outputs = new TreeMap<>();
  private final Map<StepPath, List<ItemSlice>> items = new TreeMap<>();
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

  Stream<ScopePath> scopes() {
    return scopes.keySet().stream().map(ScopePath::new);
  }

  /** Equal for equal pieces, and readable. */
  String shown() {
    return control + "\n" + scopes + "\n" + outputs + "\n" + items + "\n" + input;
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
    scopes()
        .filter(path -> ExecutionState.isWithin(path, under))
        .forEach(path -> found.put(path, scopes.get(path.value())));
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
