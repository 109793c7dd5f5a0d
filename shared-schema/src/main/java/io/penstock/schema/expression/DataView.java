package io.penstock.schema.expression;

import dev.cel.common.values.NullValue;
import io.penstock.schema.json.Json;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Shows plain data to CEL without copying it. CEL has a null value of its own (a Java null means
 * "unknown" to it) and knows no {@code Integer} or {@code Json}.
 */
sealed interface DataView {

  /** The plain value behind the view. */
  Object plain();

  /** A variable of the context as CEL wants to see it; empty when the context has none. */
  static Optional<Object> variable(Map<String, ?> context, String name) {
    Object value = context.get(name);
    return value == null && !context.containsKey(name) ? Optional.empty() : Optional.of(of(value));
  }

  static Object of(Object value) {
    return switch (value) {
      case null -> NullValue.NULL_VALUE;
      case Json json -> of(json.value());
      case Map<?, ?> map -> new Members(map);
      case List<?> list -> new Elements(list);
      case Integer number -> number.longValue();
      case Float number -> number.doubleValue();
      default -> value;
    };
  }

  /** An object. */
  final class Members extends AbstractMap<Object, Object> implements DataView {
    private final Map<?, ?> plain;

    private Members(Map<?, ?> plain) {
      this.plain = plain;
    }

    @Override
    public Object plain() {
      return plain;
    }

    /** Null only where there is no such member. */
    @Override
    public Object get(Object name) {
      Object value = plain.get(name);
      return value == null && !plain.containsKey(name) ? null : of(value);
    }

    @Override
    public boolean containsKey(Object name) {
      return plain.containsKey(name);
    }

    @Override
    public int size() {
      return plain.size();
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Entry<Object, Object>> iterator() {
          Iterator<? extends Entry<?, ?>> entries = plain.entrySet().iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return entries.hasNext();
            }

            @Override
            public Entry<Object, Object> next() {
              Entry<?, ?> entry = entries.next();
              return new SimpleImmutableEntry<>(entry.getKey(), of(entry.getValue()));
            }
          };
        }

        @Override
        public int size() {
          return plain.size();
        }
      };
    }
  }

  /** An array. */
  final class Elements extends AbstractList<Object> implements DataView {
    private final List<?> plain;

    private Elements(List<?> plain) {
      this.plain = plain;
    }

    @Override
    public Object plain() {
      return plain;
    }

    @Override
    public Object get(int index) {
      return of(plain.get(index));
    }

    @Override
    public int size() {
      return plain.size();
    }
  }
}
