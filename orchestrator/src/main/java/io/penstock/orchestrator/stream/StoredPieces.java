package io.penstock.orchestrator.stream;

import io.penstock.orchestrator.core.ExecutionControl;
import io.penstock.orchestrator.core.ExecutionState;
import io.penstock.orchestrator.core.Output;
import io.penstock.orchestrator.core.Pieces;
import io.penstock.orchestrator.core.Scope;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The pieces of one execution in the state store. */
final class StoredPieces implements Pieces {
  private final KeyValueStore<Bytes, byte[]> store;
  private final ExecutionId execution;

  StoredPieces(KeyValueStore<Bytes, byte[]> store, ExecutionId execution) {
    this.store = store;
    this.execution = execution;
  }

  @Override
  public Optional<ExecutionControl> control() {
    return get(StateKey.control(execution)).map(StateCodec::readControl);
  }

  @Override
  public Optional<Scope> scope(ScopePath path) {
    return get(StateKey.scope(execution, path)).map(StateCodec::readScope);
  }

  @Override
  public Optional<Output> output(StepPath path) {
    return get(StateKey.output(execution, path)).map(StateCodec::readOutput);
  }

  @Override
  public Optional<Json> input() {
    return get(StateKey.input(execution)).map(Json::trusted);
  }

  void write(ExecutionState.Changes changes) {
    if (changes.forgotten()) {
      deleteAll();
      return;
    }
    changes.control().ifPresent(c -> store.put(StateKey.control(execution), StateCodec.write(c)));
    changes
        .scopes()
        .forEach(
            (path, scope) ->
                store.put(
                    StateKey.scope(execution, path), scope.map(StateCodec::write).orElse(null)));
    changes
        .outputs()
        .forEach(
            (path, output) ->
                store.put(StateKey.output(execution, path), StateCodec.write(output)));
    changes.input().ifPresent(input -> store.put(StateKey.input(execution), input.utf8()));
  }

  private void deleteAll() {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> pieces =
        store.range(StateKey.firstPiece(execution), StateKey.lastPiece(execution))) {
      while (pieces.hasNext()) {
        KeyValue<Bytes, byte[]> piece = pieces.next();
        keys.add(piece.key);
      }
    }
    keys.forEach(store::delete);
  }

  private Optional<byte[]> get(Bytes key) {
    return Optional.ofNullable(store.get(key));
  }
}
