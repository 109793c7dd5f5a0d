package io.penstock.standalone.dev;

import io.penstock.embedded.EmbeddedKafka;

/**
 * A broker that has its topics.
 *
 * @param partitions of those that have one for each of the input log's
 */
record StartedBroker(EmbeddedKafka kafka, int partitions) implements AutoCloseable {

  /** Starts one, with the number of partitions that its data has, or else that of the settings. */
  static StartedBroker start(ServerSettings settings, StartPhases phases) {
    EmbeddedKafka kafka = EmbeddedKafka.start(settings.kafkaDirectory(), settings.kafkaPort());
    try {
      long began = System.nanoTime();
      int partitions = Topics.declare(kafka.bootstrapServers(), settings.partitions());
      phases.ended("topics", began);
      return new StartedBroker(kafka, partitions);
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  @Override
  public void close() {
    kafka.close();
  }
}
