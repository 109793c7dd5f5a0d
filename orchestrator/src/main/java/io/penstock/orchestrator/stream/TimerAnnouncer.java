package io.penstock.orchestrator.stream;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.message.TimerDue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts due timers into the log, where firing gets its place in the order. Through a plain producer,
 * not the transaction: an announcement that is lost comes again at a later tick, and one that came
 * twice is ignored by the core. One per partition; single-threaded.
 */
final class TimerAnnouncer {
  private static final Logger LOG = LoggerFactory.getLogger(TimerAnnouncer.class);
  private static final String CE_SOURCE = "/penstock/orchestrator";

  /** Longer than an announcement takes to come back, short enough to wait when it was lost. */
  private static final long REPEAT_AFTER_NANOS = Duration.ofSeconds(2).toNanos();

  /** The gap doubles so often: a log that is behind must not be filled with reminders. */
  private static final int MOST_DOUBLINGS = 7;

  private final Producer<byte[], byte[]> producer;
  private final int partition;
  private Map<TimerDue, Announced> announced = new HashMap<>();

  /**
   * @param times how often so far
   */
  private record Announced(long nanos, int times) {
    boolean isToBeRepeated(long now) {
      return now - nanos > REPEAT_AFTER_NANOS << Math.min(times - 1, MOST_DOUBLINGS);
    }
  }

  TimerAnnouncer(Producer<byte[], byte[]> producer, int partition) {
    this.producer = producer;
    this.partition = partition;
  }

  /**
   * Announces what has not been announced lately.
   *
   * @param due what the store holds as due now; what is no longer among it has been decided on
   * @param nanos of a monotonic clock
   */
  void announce(List<TimerDue> due, long nanos) {
    Map<TimerDue, Announced> still = HashMap.newHashMap(due.size());
    for (TimerDue timer : due) {
      Announced before = announced.get(timer);
      if (before != null && !before.isToBeRepeated(nanos)) {
        still.put(timer, before);
      } else {
        still.put(timer, new Announced(nanos, before == null ? 1 : before.times() + 1));
        send(timer);
      }
    }
    announced = still;
  }

  private void send(TimerDue timer) {
    Future<RecordMetadata> unused = // its failure comes to the callback
        producer.send(
            MessageCodec.encode(timer, CE_SOURCE).to(Topic.INPUTS.topicName(), partition),
            (metadata, failure) -> {
              if (failure != null) {
                LOG.atWarn()
                    .addKeyValue("executionId", timer.execution())
                    .addKeyValue("partition", partition)
                    .setCause(failure)
                    .log("could not announce a due timer, trying again");
              }
            });
  }
}
