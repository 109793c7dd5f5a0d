package io.penstock.orchestrator.stream;

import io.penstock.orchestrator.core.ExecutionControl;
import io.penstock.orchestrator.core.ExecutionState;
import io.penstock.orchestrator.core.ItemSlice;
import io.penstock.orchestrator.core.Output;
import io.penstock.orchestrator.core.Pieces;
import io.penstock.orchestrator.core.Scope;
import io.penstock.orchestrator.core.StepState;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.TraceParent;
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
  private final PieceStore store;
  private final Map<String, Optional<?>> read = new HashMap<>();

  StoredPieces(KeyValueStore<Bytes, byte[]> store, OpenScopes open, ExecutionId execution) {
    this.store = new PieceStore(store, open, execution);
  }

  @Override
  public Optional<ExecutionControl> control() {
    return get(PieceName.CONTROL, StateCodec::readControl);
  }

  @Override
  public Optional<Scope> scope(ScopePath path) {
    return get(PieceName.scope(path), StateCodec::readScope);
  }

  @Override
  public Map<ScopePath, Scope> scopes(ScopePath under) {
    Map<ScopePath, Scope> found = new LinkedHashMap<>();
    scope(under).ifPresent(scope -> found.put(under, scope));
    for (ScopePath path : store.scopesInside(under)) {
      scope(path).ifPresent(scope -> found.put(path, scope));
    }
    return found;
  }

  @Override
  public Optional<Output> output(StepPath path) {
    return get(PieceName.output(path), StateCodec::readOutput);
  }

  @Override
  public Optional<ItemSlice> items(StepPath foreach, int slice) {
    return get(PieceName.items(foreach, slice), StateCodec::readItems);
  }

  @Override
  public Optional<Json> input() {
    return get(PieceName.INPUT, Json::trusted);
  }

  /** The trace context that came with its event. */
  Optional<TraceParent> trace() {
    return get(PieceName.TRACE, TraceParent::new);
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

  /**
   * Writes what a decision changed; this object is of no more use then.
   *
   * @param trace to be kept with it
   */
  void write(ExecutionState.Changes changes, Optional<TraceParent> trace, Leftovers leftovers) {
    if (changes.forgotten()) {
      store.forget(leftovers);
      return;
    }
    Map<String, Optional<byte[]>> changed = new LinkedHashMap<>();
    changes.control().map(StateCodec::write).ifPresent(c -> put(changed, PieceName.CONTROL, c));
    changes
        .scopes()
        .forEach((path, scope) -> changed.put(PieceName.scope(path), scope.map(StateCodec::write)));
    changes
        .outputs()
        .forEach((path, output) -> put(changed, PieceName.output(path), StateCodec.write(output)));
    changes.items().forEach((foreach, slices) -> put(changed, foreach, slices));
    changes.input().ifPresent(input -> put(changed, PieceName.INPUT, input.utf8()));
    trace.ifPresent(context -> put(changed, PieceName.TRACE, context.bytes()));
    store.change(changed, changes.scopes());
  }

  private static void put(
      Map<String, Optional<byte[]>> changed, StepPath foreach, List<ItemSlice> slices) {
    for (int i = 0; i < slices.size(); i++) {
      put(changed, PieceName.items(foreach, i), StateCodec.write(slices.get(i)));
    }
  }

  private static void put(Map<String, Optional<byte[]>> changed, String name, byte[] piece) {
    changed.put(name, Optional.of(piece));
  }

  @SuppressWarnings("unchecked") // a name has always the same reader
  private <T> Optional<T> get(String name, Function<byte[], T> reader) {
    return (Optional<T>) read.computeIfAbsent(name, unread -> store.get(unread).map(reader));
  }
}
