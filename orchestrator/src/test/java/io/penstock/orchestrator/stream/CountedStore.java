package io.penstock.orchestrator.stream;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store with what is read and written counted. */
final class CountedStore {
  private final KeyValueStore<Bytes, byte[]> store;
  private int gets;
  private int ranges;
  private int bytesPut;

  @SuppressWarnings("unchecked") // the proxy passes everything on
  CountedStore(KeyValueStore<Bytes, byte[]> counted) {
    store =
        (KeyValueStore<Bytes, byte[]>)
            Proxy.newProxyInstance(
                CountedStore.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> {
                  gets += method.getName().equals("get") ? 1 : 0;
                  ranges += method.getName().equals("range") ? 1 : 0;
                  if (method.getName().equals("put") && arguments[1] instanceof byte[] value) {
                    bytesPut += value.length;
                  }
                  try {
                    return method.invoke(counted, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  KeyValueStore<Bytes, byte[]> store() {
    return store;
  }

  /** Since the last call. */
  int gets() {
    int counted = gets;
    gets = 0;
    return counted;
  }

  /** Since the last call. */
  int ranges() {
    int counted = ranges;
    ranges = 0;
    return counted;
  }

  /** Of values, since the last call. */
  int bytesPut() {
    int counted = bytesPut;
    bytesPut = 0;
    return counted;
  }
}
