package io.penstock.ingest.publish;

import io.penstock.ingest.observe.RequestSpans;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.request.InFlightBytes;
import io.penstock.ingest.start.IngestConfig;
import io.penstock.schema.Topic;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.TraceParent;
import io.penstock.schema.message.EventAccepted;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts events onto the input log and returns when Kafka has them. One producer for all threads;
 * callers block, so they are virtual threads.
 */
@ApplicationScoped
public class InputPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(InputPublisher.class);
  private static final String CE_SOURCE = "/penstock/ingest";
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /**
   * The orchestrator copies the whole event into a history record, and that has a limit of its own
   * just below the broker's: an event above this could be accepted here and never be started.
   */
  private static final int MAX_EVENT_BYTES = 950_000;

  /** Headers and framing of one record, beyond its key and value. */
  private static final int ENVELOPE_BYTES = 512;

  private final IngestConfig config;
  private final InFlightBytes inFlight;
  private final RequestSpans spans;
  private volatile KafkaProducer<byte[], byte[]> producer;

  public InputPublisher(IngestConfig config, InFlightBytes inFlight, RequestSpans spans) {
    this.config = config;
    this.inFlight = inFlight;
    this.spans = spans;
  }

  /**
   * Connects and learns the partitions of the input log.
   *
   * @throws KafkaException if Kafka does not answer in time; open can be called again
   */
  public synchronized void open(String bootstrapServers) {
    if (producer == null) {
      KafkaProducer<byte[], byte[]> opened =
          new KafkaProducer<>(ProducerSettings.of(bootstrapServers, config));
      try {
        opened.partitionsFor(Topic.INPUTS.topicName());
      } catch (RuntimeException e) {
        opened.close(Duration.ZERO);
        throw e;
      }
      producer = opened;
    }
  }

  public synchronized void close() {
    if (producer != null) {
      producer.close(CLOSE_LIMIT);
      producer = null;
    }
  }

  /**
   * Publishes all, in their order.
   *
   * @throws RejectedException if one of them is not acknowledged; others may be stored then, and
   *     the same request sent again stores them under the same identity
   */
  public void publish(List<EventAccepted> events) throws RejectedException {
    KafkaProducer<byte[], byte[]> current = producer;
    if (current == null) {
      throw new RejectedException(Reason.STARTING, "Kafka is not reached yet: try again later");
    }
    List<Encoded> records =
        events.stream().map(event -> MessageCodec.encode(event, CE_SOURCE)).toList();
    for (Encoded encoded : records) {
      requireFits(encoded);
    }
    awaitAll(send(current, records));
  }

  private List<CompletableFuture<Void>> send(
      KafkaProducer<byte[], byte[]> current, List<Encoded> records) throws RejectedException {
    List<CompletableFuture<Void>> acknowledgements = new ArrayList<>(records.size());
    for (Encoded encoded : records) {
      CompletableFuture<Void> acknowledged = send(current, encoded);
      acknowledgements.add(acknowledged);
      if (acknowledged.isCompletedExceptionally()) {
        // Each further one could wait as long again for a Kafka that is away.
        break;
      }
    }
    return acknowledgements;
  }

  private CompletableFuture<Void> send(KafkaProducer<byte[], byte[]> current, Encoded encoded)
      throws RejectedException {
    long bytes = sizeOf(encoded);
    if (!inFlight.tryReserve(bytes)) {
      throw new RejectedException(
          Reason.OVERLOADED, "Kafka is slower than the senders: send the same request again later");
    }
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    CompletableFuture<Void> released =
        acknowledged.whenComplete((nothing, failure) -> inFlight.release(bytes));
    ProducerRecord<byte[], byte[]> record = encoded.to(Topic.INPUTS.topicName());
    spans.current().ifPresent(trace -> record.headers().add(TraceParent.HEADER, trace.bytes()));
    try {
      // What the future would tell, the callback does.
      Future<RecordMetadata> unused =
          current.send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  acknowledged.complete(null);
                } else {
                  acknowledged.completeExceptionally(failure);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      acknowledged.completeExceptionally(e);
    }
    return released;
  }

  private void awaitAll(List<CompletableFuture<Void>> acknowledgements) throws RejectedException {
    long limit = config.deliveryTimeout().plus(config.maxBlock()).toMillis();
    try {
      CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture<?>[]::new))
          .get(limit, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw rejected(e.getCause());
    } catch (TimeoutException e) {
      throw rejected(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw rejected(e);
    }
  }

  private static RejectedException rejected(Throwable cause) {
    if (cause instanceof RecordTooLargeException) {
      return tooLarge();
    }
    LOG.atWarn()
        .addKeyValue("topic", Topic.INPUTS.topicName())
        .addKeyValue("cause", cause.toString())
        .log("an event was not acknowledged");
    return new RejectedException(
        Reason.LOG_UNAVAILABLE,
        "Kafka did not acknowledge in time: send the same request again; if the event was stored all the same, the repetition changes nothing");
  }

  private static void requireFits(Encoded encoded) throws RejectedException {
    if (sizeOf(encoded) > MAX_EVENT_BYTES) {
      throw tooLarge();
    }
  }

  private static RejectedException tooLarge() {
    return new RejectedException(
        Reason.TOO_LARGE,
        "the event has more than %d bytes as a Kafka record: map less into event.data, or send a reference to the data instead"
            .formatted(MAX_EVENT_BYTES));
  }

  private static long sizeOf(Encoded encoded) {
    return (long) encoded.key().length + encoded.value().length + ENVELOPE_BYTES;
  }
}
