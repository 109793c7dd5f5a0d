package io.penstock.schema.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A message as Kafka takes it. Immutable by agreement: nobody changes the arrays or headers.
 *
 * @see MessageCodec
 */
public final class Encoded {
  private final byte[] key;
  private final byte[] value;
  private final Headers headers;

  Encoded(byte[] key, byte[] value, Headers headers) {
    this.key = key;
    this.value = value;
    this.headers = headers;
  }

  public byte[] key() {
    return key;
  }

  public byte[] value() {
    return value;
  }

  public Headers headers() {
    return headers;
  }

  /** To the partition that follows from the key. */
  public ProducerRecord<byte[], byte[]> to(String topicName) {
    return new ProducerRecord<>(topicName, null, null, key, value, headers);
  }

  /** To a partition that is given. */
  public ProducerRecord<byte[], byte[]> to(String topicName, int partition) {
    return new ProducerRecord<>(topicName, partition, null, key, value, headers);
  }
}
