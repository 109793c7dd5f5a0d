package io.penstock.simulator.shell;

import io.penstock.simulator.log.SimulatedLog;
import io.penstock.simulator.time.Chance;
import io.penstock.simulator.time.VirtualTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The plain producer of a process: its records arrive a little later, twice, or not at all. */
final class SimulatedTimers extends MockProducer<byte[], byte[]> {
  private static final long LONGEST_WAY = 8;
  private static final int TWICE = 20;

  private final SimulatedLog log;
  private final VirtualTime time;
  private final Chance chance;
  private long losesUntil;

  SimulatedTimers(SimulatedLog log, VirtualTime time, Chance chance) {
    super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    this.log = log;
    this.time = time;
    this.chance = chance;
  }

  void losesUntil(long until) {
    losesUntil = until;
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, Callback callback) {
    if (time.now() < losesUntil) {
      callback.onCompletion(null, new TimeoutException("simulated"));
      return CompletableFuture.failedFuture(new TimeoutException("simulated"));
    }
    time.after(chance.between(0, LONGEST_WAY), () -> append(record));
    if (chance.oneIn(TWICE)) {
      time.after(chance.between(LONGEST_WAY, 5_000), () -> append(record));
    }
    return CompletableFuture.completedFuture(null);
  }

  private void append(ProducerRecord<byte[], byte[]> record) {
    var unused =
        log.append(
            record.topic(),
            record.partition(),
            record.key(),
            record.value(),
            record.headers(),
            Optional.empty());
  }
}
