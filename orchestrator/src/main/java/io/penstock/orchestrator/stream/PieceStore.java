package io.penstock.orchestrator.stream;

import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ScopePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The pieces of one execution as bytes, by name. They begin as a {@link Pack}; one that has become
 * too large is opened, each piece goes to a key of its own, and so it stays until the execution is
 * forgotten. For one decision: what was read is not read again.
 */
final class PieceStore {
  private final KeyValueStore<Bytes, byte[]> store;
  private final OpenScopes open;
  private final ExecutionId execution;
  private boolean looked;
  private byte[] control;
  private Optional<Pack> pack = Optional.empty();

  PieceStore(KeyValueStore<Bytes, byte[]> store, OpenScopes open, ExecutionId execution) {
    this.store = store;
    this.open = open;
    this.execution = execution;
  }

  Optional<byte[]> get(String name) {
    look();
    if (pack.isEmpty()) {
      return Optional.ofNullable(
          name.equals(PieceName.CONTROL) ? control : store.get(StateKey.piece(execution, name)));
    }
    return pack.get().isOutside(name)
        ? Optional.of(store.get(StateKey.piece(execution, name)))
        : pack.get().inside(name);
  }

  /** The open scopes inside a scope, that one excluded, in the order of their paths. */
  List<ScopePath> scopesInside(ScopePath under) {
    look();
    return pack.isEmpty()
        ? open.inside(execution, under)
        : pack.get().names(PieceName.firstInside(under), PieceName.lastInside(under)).stream()
            .map(PieceName::scopeOf)
            .filter(path -> !path.equals(under))
            .toList();
  }

  /**
   * Writes; this object is of no more use then.
   *
   * @param changed by name; without a value: gone
   * @param scopes those of them that are scopes
   */
  void change(Map<String, Optional<byte[]>> changed, Map<ScopePath, ? extends Optional<?>> scopes) {
    if (changed.isEmpty()) {
      return;
    }
    look();
    if (pack.isEmpty()) {
      changed.forEach(this::putOrDelete);
      open.changed(execution, scopes);
      return;
    }
    Pack next = pack.get().with(changed);
    changed.forEach(
        (name, piece) -> {
          if (next.isOutside(name) || pack.get().isOutside(name)) {
            putOrDelete(name, piece.filter(bytes -> next.isOutside(name)));
          }
        });
    byte[] record = next.record();
    if (record.length <= Pack.MOST_BYTES) {
      store.put(StateKey.piece(execution, PieceName.CONTROL), record);
    } else {
      next.inside().forEach((name, piece) -> putOrDelete(name, Optional.of(piece)));
    }
  }

  /** Deletes them, or begins to, if they are very many. */
  void forget(Leftovers leftovers) {
    look();
    open.forgotten(execution);
    if (pack.isEmpty()) {
      leftovers.delete(execution);
    } else if (control != null) {
      pack.get().outside().forEach(name -> store.delete(StateKey.piece(execution, name)));
      store.delete(StateKey.piece(execution, PieceName.CONTROL));
    }
  }

  private void putOrDelete(String name, Optional<byte[]> piece) {
    store.put(StateKey.piece(execution, name), piece.orElse(null));
  }

  private void look() {
    if (!looked) {
      looked = true;
      control = store.get(StateKey.piece(execution, PieceName.CONTROL));
      if (control == null) {
        pack = Optional.of(Pack.EMPTY);
      } else if (Pack.isOne(control)) {
        pack = Optional.of(Pack.read(control));
      }
    }
  }
}
