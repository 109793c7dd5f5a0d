package io.penstock.orchestrator.stream;

import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ScopePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which scopes of an execution are open whose pieces have keys of their own. Looked for in the
 * store once per execution, and followed from then on: closed scopes leave tombstones, and a timer
 * that walked over all of them would cost the more the more rounds of a foreach have ended.
 *
 * <p>Of the executions whose timers fired last; others are looked for again. One per partition and
 * take-over; single-threaded.
 */
final class OpenScopes {
  /** Of all remembered executions together; a path is some hundred bytes. */
  static final int MOST_PATHS = 20_000;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<ExecutionId, NavigableSet<String>> known = new LinkedHashMap<>(16, 0.75f, true);
  private int paths;

  OpenScopes(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** The open scopes inside a scope, that one excluded, in the order of their paths. */
  List<ScopePath> inside(ExecutionId execution, ScopePath under) {
    NavigableSet<String> followed = known.get(execution);
    if (followed != null) {
      String first = PieceName.inside(under);
      return paths(
          followed.subSet(first, !first.isEmpty(), first + PieceName.AFTER_ALL_NAMES, true));
    }
    List<ScopePath> found = stored(execution, under);
    if (under.equals(ScopePath.ROOT)) {
      TreeSet<String> all = new TreeSet<>();
      found.forEach(path -> all.add(path.value()));
      known.put(execution, all);
      paths += cost(all);
      makeRoom();
    }
    return found;
  }

  /** To be told of each change that is written. */
  void changed(ExecutionId execution, Map<ScopePath, ? extends Optional<?>> scopes) {
    NavigableSet<String> followed = scopes.isEmpty() ? null : known.get(execution);
    if (followed == null) {
      return;
    }
    paths -= cost(followed);
    scopes.forEach(
        (path, scope) -> {
          if (scope.isEmpty()) {
            followed.remove(path.value());
          } else if (!path.equals(ScopePath.ROOT)) {
            followed.add(path.value());
          }
        });
    paths += cost(followed);
    makeRoom();
  }

  void forgotten(ExecutionId execution) {
    NavigableSet<String> followed = known.remove(execution);
    if (followed != null) {
      paths -= cost(followed);
    }
  }

  private List<ScopePath> stored(ExecutionId execution, ScopePath under) {
    List<ScopePath> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> inside =
        store.range(
            StateKey.piece(execution, PieceName.firstInside(under)),
            StateKey.piece(execution, PieceName.lastInside(under)))) {
      while (inside.hasNext()) {
        ScopePath path = PieceName.scopeOf(StateKey.nameOf(execution, inside.next().key));
        if (!path.equals(under)) {
          found.add(path);
        }
      }
    }
    return found;
  }

  /** The least lately asked for go first; one that is too large by itself goes too. */
  private void makeRoom() {
    Iterator<NavigableSet<String>> eldest = known.values().iterator();
    while (paths > MOST_PATHS) {
      paths -= cost(eldest.next());
      eldest.remove();
    }
  }

  /** An execution counts, too, or very many with nothing inside would be remembered. */
  private static int cost(Collection<String> followed) {
    return 1 + followed.size();
  }

  private static List<ScopePath> paths(Collection<String> values) {
    return values.stream().map(ScopePath::new).toList();
  }
}
