package io.penstock.ingest.request;

import io.penstock.ingest.start.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of requests and of their records this process holds. A full one refuses at once,
 * so that a slow Kafka or many slow senders cost an answer and not the heap.
 */
@ApplicationScoped
public class InFlightBytes {
  private final AtomicLong held = new AtomicLong();
  private final long limit;

  @Inject
  InFlightBytes(IngestConfig config) {
    this(config.maxInFlight().asLongValue());
  }

  public InFlightBytes(long limit) {
    this.limit = limit;
  }

  /** Takes the bytes, or nothing. Whoever got true gives them back by {@link #release}. */
  public boolean tryReserve(long bytes) {
    if (held.addAndGet(bytes) <= limit) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  public void release(long bytes) {
    held.addAndGet(-bytes);
  }

  public long held() {
    return held.get();
  }
}
