package io.penstock.simulator.log;

import io.penstock.simulator.time.Trace;
import io.penstock.simulator.time.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;

/**
 * The broker's part that Penstock sees: partitions in order, records of transactions that everybody
 * may read before they commit, and a clock that stamps each record ({@code LogAppendTime}) and may
 * jump.
 */
public final class SimulatedLog {
  private final int partitions;
  private final VirtualTime time;
  private final Trace trace;
  private final Map<String, List<List<LogRecord>>> topics = new TreeMap<>();
  private final List<Consumer<LogRecord>> readers = new ArrayList<>();
  private long clockIsAheadBy;
  private boolean clockJumped;

  public SimulatedLog(int partitions, VirtualTime time, Trace trace) {
    this.partitions = partitions;
    this.time = time;
    this.trace = trace;
  }

  public int partitions() {
    return partitions;
  }

  /** Sets the broker's clock: from now on its records are dated so far in the future, or past. */
  public void clockIsAheadBy(long millis) {
    clockJumped |= millis != clockIsAheadBy;
    clockIsAheadBy = millis;
  }

  public boolean clockJumped() {
    return clockJumped;
  }

  /** As Kafka's default partitioner does it. */
  public int partitionOf(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  /** Is told each record as it is appended, committed or not. */
  public void onAppend(Consumer<LogRecord> reader) {
    readers.add(reader);
  }

  public LogRecord append(
      String topic,
      int partition,
      byte[] key,
      byte[] value,
      Headers headers,
      Optional<Transaction> transaction) {
    List<LogRecord> log = partition(topic, partition);
    LogRecord record =
        new LogRecord(
            topic,
            partition,
            log.size(),
            time.epochMillis() + clockIsAheadBy,
            time.now(),
            key,
            value,
            headers,
            transaction);
    log.add(record);
    trace.note("append " + record);
    if (value != null) {
      trace.mix(value);
    }
    readers.forEach(reader -> reader.accept(record));
    return record;
  }

  /** Of one partition, in order, those of open and aborted transactions included. */
  public List<LogRecord> records(String topic, int partition) {
    return Collections.unmodifiableList(partition(topic, partition));
  }

  /** Of all partitions. */
  public Stream<LogRecord> records(String topic) {
    return topics.getOrDefault(topic, List.of()).stream().flatMap(List::stream);
  }

  /** Of all topics. */
  public Stream<LogRecord> records() {
    return topics.keySet().stream().flatMap(this::records);
  }

  /** The offset that the next record gets. */
  public long end(String topic, int partition) {
    return partition(topic, partition).size();
  }

  private List<LogRecord> partition(String topic, int partition) {
    return topics
        .computeIfAbsent(
            topic,
            unknown ->
                Stream.generate(() -> (List<LogRecord>) new ArrayList<LogRecord>())
                    .limit(partitions)
                    .toList())
        .get(partition);
  }
}
