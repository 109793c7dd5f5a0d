package io.penstock.orchestrator.stream;

import io.penstock.orchestrator.core.ExecutionControl;
import io.penstock.orchestrator.core.ExecutionState;
import io.penstock.orchestrator.core.ItemSlice;
import io.penstock.orchestrator.core.Output;
import io.penstock.orchestrator.core.Pieces;
import io.penstock.orchestrator.core.Scope;
import io.penstock.orchestrator.core.StepState;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The pieces of one execution in the state store, for one decision: what has been read once is
 * remembered, since a decision asks for the same few pieces over and over.
 */
final class StoredPieces implements Pieces {
  private final KeyValueStore<Bytes, byte[]> store;
  private final ExecutionId execution;
  private final OpenScopes open;
  private final Map<Bytes, Optional<?>> read = new HashMap<>();

  StoredPieces(KeyValueStore<Bytes, byte[]> store, OpenScopes open, ExecutionId execution) {
    this.store = store;
    this.open = open;
    this.execution = execution;
  }

  @Override
  public Optional<ExecutionControl> control() {
    return get(StateKey.control(execution), StateCodec::readControl);
  }

  @Override
  public Optional<Scope> scope(ScopePath path) {
    return get(StateKey.scope(execution, path), StateCodec::readScope);
  }

  @Override
  public Map<ScopePath, Scope> scopes(ScopePath under) {
    Map<ScopePath, Scope> found = new LinkedHashMap<>();
    scope(under).ifPresent(scope -> found.put(under, scope));
    for (ScopePath path : open.inside(execution, under)) {
      scope(path).ifPresent(scope -> found.put(path, scope));
    }
    return found;
  }

  @Override
  public Optional<Output> output(StepPath path) {
    return get(StateKey.output(execution, path), StateCodec::readOutput);
  }

  @Override
  public Optional<ItemSlice> items(StepPath foreach, int slice) {
    return get(StateKey.items(execution, foreach, slice), StateCodec::readItems);
  }

  @Override
  public Optional<Json> input() {
    return get(StateKey.input(execution), Json::trusted);
  }

  /** Whether the step at a path waits for an outcome. */
  boolean awaits(StepPath path) {
    return control().filter(control -> !control.isEnded()).isPresent()
        && scope(path.scope())
            .filter(scope -> scope.stepId().equals(path.stepId()))
            .map(Scope::step)
            .filter(StepState.Requested.class::isInstance)
            .isPresent();
  }

  /** Writes what a decision changed; this object is of no more use then. */
  void write(ExecutionState.Changes changes, Leftovers leftovers) {
    if (changes.forgotten()) {
      leftovers.delete(execution);
      open.forgotten(execution);
      return;
    }
    changes.control().ifPresent(c -> store.put(StateKey.control(execution), StateCodec.write(c)));
    changes
        .scopes()
        .forEach(
            (path, scope) ->
                store.put(
                    StateKey.scope(execution, path), scope.map(StateCodec::write).orElse(null)));
    open.changed(execution, changes.scopes());
    changes
        .outputs()
        .forEach(
            (path, output) ->
                store.put(StateKey.output(execution, path), StateCodec.write(output)));
    changes.items().forEach(this::write);
    changes.input().ifPresent(input -> store.put(StateKey.input(execution), input.utf8()));
  }

  private void write(StepPath foreach, List<ItemSlice> slices) {
    for (int i = 0; i < slices.size(); i++) {
      store.put(StateKey.items(execution, foreach, i), StateCodec.write(slices.get(i)));
    }
  }

  @SuppressWarnings("unchecked") // a key has always the same reader
  private <T> Optional<T> get(Bytes key, Function<byte[], T> reader) {
    return (Optional<T>)
        read.computeIfAbsent(key, unread -> Optional.ofNullable(store.get(unread)).map(reader));
  }
}
