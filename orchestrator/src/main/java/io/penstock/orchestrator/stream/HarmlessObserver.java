package io.penstock.orchestrator.stream;

import io.penstock.schema.Topic;
import io.penstock.schema.message.HistoryRecord;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the exceptions of an observer from the stream threads, which they would end: a transition
 * that cannot be counted is a transition all the same. Each is told to {@link
 * StreamObserver#failed()}; the log has one line a minute, since a bug here shows at every record.
 */
final class HarmlessObserver implements StreamObserver {
  private static final Logger LOG = LoggerFactory.getLogger(HarmlessObserver.class);
  private static final long LOG_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final StreamObserver observer;
  private final LongSupplier nanos;
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong silentUntil;

  /**
   * @param nanos a monotonic clock
   */
  HarmlessObserver(StreamObserver observer, LongSupplier nanos) {
    this.observer = observer;
    this.nanos = nanos;
    this.silentUntil = new AtomicLong(nanos.getAsLong());
  }

  @Override
  public void decided(HistoryRecord transition) {
    try {
      observer.decided(transition);
    } catch (RuntimeException | LinkageError e) {
      failed(e);
    }
  }

  @Override
  public void deadLettered(Topic original, String reason) {
    try {
      observer.deadLettered(original, reason);
    } catch (RuntimeException | LinkageError e) {
      failed(e);
    }
  }

  @Override
  public void timersDue(int partition, int atLeast, Duration latest) {
    try {
      observer.timersDue(partition, atLeast, latest);
    } catch (RuntimeException | LinkageError e) {
      failed(e);
    }
  }

  @Override
  public void failed() {
    try {
      observer.failed();
    } catch (RuntimeException | LinkageError e) {
      tell(e); // nobody is left to count it
    }
  }

  private void failed(Throwable failure) {
    failed();
    tell(failure);
  }

  /** Without the exception's message: it may quote a payload. */
  private void tell(Throwable failure) {
    long soFar = failures.incrementAndGet();
    long now = nanos.getAsLong();
    long until = silentUntil.get();
    if (now - until >= 0 && silentUntil.compareAndSet(until, now + LOG_AGAIN_NANOS)) {
      LOG.atError()
          .addKeyValue("at", BugPlace.of(failure))
          .addKeyValue("failures", soFar)
          .log("metrics could not be counted: a bug; executions are not affected");
    }
  }
}
