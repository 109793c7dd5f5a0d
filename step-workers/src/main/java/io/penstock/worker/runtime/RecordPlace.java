package io.penstock.worker.runtime;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a command stands; as it is logged. */
record RecordPlace(String topic, int partition, long offset) {
  static RecordPlace of(ConsumerRecord<?, ?> record) {
    return new RecordPlace(record.topic(), record.partition(), record.offset());
  }
}
