package io.penstock.simulator.log;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A record where it stands. */
public final class LogRecord {
  private final String topic;
  private final int partition;
  private final long offset;
  private final long timestamp;
  private final long appendedAt;
  private final byte[] key;
  private final byte[] value;
  private final Headers headers;
  private final Optional<Transaction> transaction;

  LogRecord(
      String topic,
      int partition,
      long offset,
      long timestamp,
      long appendedAt,
      byte[] key,
      byte[] value,
      Headers headers,
      Optional<Transaction> transaction) {
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.timestamp = timestamp;
    this.appendedAt = appendedAt;
    this.key = key;
    this.value = value;
    this.headers = new RecordHeaders(headers.toArray());
    this.transaction = transaction;
  }

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }

  /** The broker's clock, in milliseconds of the epoch; it may have jumped. */
  public long timestamp() {
    return timestamp;
  }

  /** Virtual time: rises, whatever clocks show. */
  public long appendedAt() {
    return appendedAt;
  }

  public byte[] key() {
    return key;
  }

  public byte[] value() {
    return value;
  }

  /** A copy: whoever reads it may change it. */
  public Headers headers() {
    return new RecordHeaders(headers.toArray());
  }

  public boolean isCommitted() {
    return transaction.isEmpty() || transaction.get().state() == Transaction.State.COMMITTED;
  }

  /** End that the input log of this partition had when the task that wrote this record began. */
  public long takenOverAt() {
    return transaction.map(written -> written.takenOverAt(partition)).orElse(0L);
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
