package io.penstock.console.projection;

import io.penstock.schema.kafka.DeadLetter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes dead letters. Rarely used, so the producer is made when the first one comes. */
final class DeadLetters implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final String bootstrapServers;
  private final ProjectionObserver observer;
  private KafkaProducer<byte[], byte[]> producer;

  DeadLetters(String bootstrapServers, ProjectionObserver observer) {
    this.bootstrapServers = bootstrapServers;
    this.observer = observer;
  }

  /**
   * Returns when the broker has the record.
   *
   * @param reason one of {@link DeadLetter}'s
   * @param cause for people; no payload
   * @throws KafkaException if it does not take it now
   */
  void send(ConsumerRecord<byte[], byte[]> original, String reason, String cause) {
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers,
                  ProducerConfig.CLIENT_ID_CONFIG,
                  "penstock-console-dead-letters",
                  ProducerConfig.ACKS_CONFIG,
                  "all",
                  ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                  DeadLetter.MAX_BYTES,
                  ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                  30_000,
                  ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  10_000,
                  ProducerConfig.MAX_BLOCK_MS_CONFIG,
                  10_000L),
              new ByteArraySerializer(),
              new ByteArraySerializer());
    }
    try {
      producer.send(DeadLetter.of(original, reason, cause)).get();
      observer.deadLettered(original.topic(), reason);
    } catch (ExecutionException e) {
      throw new KafkaException("no dead letter could be written", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(CLOSE_LIMIT);
    }
  }
}
