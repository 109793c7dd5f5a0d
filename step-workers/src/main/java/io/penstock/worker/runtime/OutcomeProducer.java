package io.penstock.worker.runtime;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.TraceParent;
import io.penstock.schema.message.StepOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts outcomes and dead letters where they belong and returns when the broker has them. One per
 * process, any number of threads. Never transactional: an open transaction would hold back every
 * execution on its partition.
 */
final class OutcomeProducer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeProducer.class);
  private static final String CE_SOURCE = "/penstock/worker";
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private volatile boolean closed;

  OutcomeProducer(String bootstrapServers, String worker) {
    this(
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "penstock-outcomes-" + worker,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                DeadLetter.MAX_BYTES,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                // What comes while a request is out goes with the next: batches under load, and no
                // waiting without.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new ByteArraySerializer(),
            new ByteArraySerializer()));
  }

  OutcomeProducer(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * The call is made, so its outcome must arrive: giving up would mean to make the call again.
   * While trying may help, only the end of the process ends this.
   *
   * @param inputPartition where the orchestrator waits for it
   * @param trace that the command brought, to be passed on
   * @throws UndeliverableException if Kafka will never take this outcome
   */
  void publish(StepOutcome outcome, int inputPartition, Optional<TraceParent> trace)
      throws InterruptedException, UndeliverableException {
    ProducerRecord<byte[], byte[]> message =
        MessageCodec.encode(outcome, CE_SOURCE).to(Topic.INPUTS.topicName(), inputPartition);
    trace.ifPresent(given -> message.headers().add(TraceParent.HEADER, given.bytes()));
    sendUntilAcknowledged(message, OutcomeProducer::maySucceedLater);
  }

  /**
   * Without a way to give up: there is no other place for the record.
   *
   * @param reason {@link DeadLetter#UNREADABLE} or {@link DeadLetter#INTERNAL}
   * @param cause what went wrong, for people; no payload
   */
  void publishDeadLetter(ConsumerRecord<byte[], byte[]> record, String reason, String cause)
      throws InterruptedException {
    try {
      sendUntilAcknowledged(DeadLetter.of(record, reason, cause), failure -> true);
    } catch (UndeliverableException e) {
      throw new IllegalStateException("does not give up", e);
    }
  }

  private static boolean maySucceedLater(Throwable failure) {
    return failure instanceof RetriableException
        // An operator can mend these, and nothing is wrong with the outcome.
        || failure instanceof AuthenticationException
        || failure instanceof AuthorizationException;
  }

  private void sendUntilAcknowledged(
      ProducerRecord<byte[], byte[]> message, Predicate<Throwable> maySucceedLater)
      throws InterruptedException, UndeliverableException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        producer.send(message).get();
        return;
      } catch (ExecutionException | RuntimeException e) {
        Throwable failure = e instanceof ExecutionException ? e.getCause() : e;
        if (closed || failure instanceof InterruptException) {
          throw new InterruptedException("the process ends");
        }
        if (!maySucceedLater.test(failure)) {
          throw new UndeliverableException(failure);
        }
        LOG.atWarn()
            .addKeyValue("topic", message.topic())
            .addKeyValue("partition", message.partition())
            .setCause(failure)
            .log("Kafka did not take an outcome or dead letter, trying again");
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    producer.close(CLOSE_LIMIT);
  }

  /** Kafka will not take it, however often it is asked. */
  static final class UndeliverableException extends Exception {
    private static final long serialVersionUID = 1L;

    UndeliverableException(Throwable cause) {
      super(cause.getClass().getSimpleName(), cause);
    }
  }
}
