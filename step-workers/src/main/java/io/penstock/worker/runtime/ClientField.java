package io.penstock.worker.runtime;

import java.lang.reflect.Field;

/**
 * A private field of Kafka's share consumer, for the few places where its public methods do not
 * reach. Looked up at the start, so that a client that keeps it elsewhere fails there.
 */
final class ClientField<T> {
  private final Object owner;
  private final Field field;
  private final Class<T> type;

  /**
   * @throws IllegalStateException if there is no field of that name and type
   */
  ClientField(Object owner, Class<?> declaring, String name, Class<T> type) {
    this.owner = owner;
    this.type = type;
    try {
      field = declaring.getDeclaredField(name);
      field.setAccessible(true);
    } catch (ReflectiveOperationException e) {
      throw unknown(declaring, name, e);
    }
    if (!type.isAssignableFrom(field.getType())) {
      throw unknown(
          declaring, name, new NoSuchFieldException(name + " is a " + field.getType().getName()));
    }
  }

  T get() {
    try {
      return type.cast(field.get(owner));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("was made accessible", e);
    }
  }

  void set(T value) {
    try {
      field.set(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("was made accessible", e);
    }
  }

  private static IllegalStateException unknown(
      Class<?> declaring, String name, ReflectiveOperationException cause) {
    return new IllegalStateException(
        "this version of kafka-clients has no %s.%s as we know it; see UnorderedShareConsumer"
            .formatted(declaring.getSimpleName(), name),
        cause);
  }
}
