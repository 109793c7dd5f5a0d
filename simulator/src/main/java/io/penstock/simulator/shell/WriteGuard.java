package io.penstock.simulator.shell;

/** Is asked before each write to a store or a topic; throws where the write fails. */
@FunctionalInterface
interface WriteGuard {
  /**
   * @throws org.apache.kafka.common.KafkaException if a fault wants it, or the producer is fenced
   */
  void beforeWrite();
}
