package io.penstock.orchestrator.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far each partition has been observed by this process. An aborted transaction is decided again
 * from the same records; what they led to has been told already. Outlives the stream threads.
 */
final class ObservedOffsets {
  private static final long NONE = -1;

  private final StreamObserver observer;
  private final Map<Integer, Long> observed = new ConcurrentHashMap<>();

  ObservedOffsets(StreamObserver observer) {
    this.observer = observer;
  }

  /** Who is to be told what the record at a place leads to: nobody if it has been told before. */
  StreamObserver of(Place place) {
    return place.offset() > observed.getOrDefault(place.partition(), NONE)
        ? observer
        : StreamObserver.BLIND;
  }

  /** All that the record at a place leads to has been told. */
  void passed(Place place) {
    observed.merge(place.partition(), place.offset(), Math::max);
  }
}
