package io.penstock.ingest.publish;

import io.penstock.ingest.observe.RequestSpans;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.request.InFlightBytes;
import io.penstock.ingest.start.IngestConfig;
import io.penstock.schema.Topic;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.TraceParent;
import io.penstock.schema.message.Input;
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
 * Puts events and operators' wishes onto the input log and returns when Kafka has them. One
 * producer for all threads; callers block, so they are virtual threads.
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
  public void publish(List<? extends Input> inputs) throws RejectedException {
    KafkaProducer<byte[], byte[]> current = connected();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(inputs.size());
    for (Input input : inputs) {
      ProducerRecord<byte[], byte[]> record =
          MessageCodec.encode(input, CE_SOURCE).to(Topic.INPUTS.topicName());
      requireFits(record);
      spans.current().ifPresent(trace -> record.headers().add(TraceParent.HEADER, trace.bytes()));
      records.add(record);
    }
    awaitAll(send(current, records));
  }

  /**
   * Sends records back to the topics and partitions they name, byte for byte.
   *
   * @throws RejectedException as {@link #publish}; or a topic has no such partition, and nothing
   *     was sent
   */
  public void sendBack(List<ProducerRecord<byte[], byte[]>> records) throws RejectedException {
    KafkaProducer<byte[], byte[]> current = connected();
    for (ProducerRecord<byte[], byte[]> record : records) {
      int partitions = partitions(current, record.topic());
      if (record.partition() >= partitions) {
        throw new RejectedException(
            Reason.INVALID_CONTROL,
            "nothing was sent: %s has %d partitions, and no number %d"
                .formatted(record.topic(), partitions, record.partition()));
      }
    }
    awaitAll(send(current, records));
  }

  /** Known from the first use on; until then Kafka is asked, within its limit of blocking. */
  private static int partitions(KafkaProducer<byte[], byte[]> current, String topic)
      throws RejectedException {
    try {
      return current.partitionsFor(topic).size();
    } catch (KafkaException e) {
      throw rejected(e);
    }
  }

  private KafkaProducer<byte[], byte[]> connected() throws RejectedException {
    KafkaProducer<byte[], byte[]> current = producer;
    if (current == null) {
      throw new RejectedException(Reason.STARTING, "Kafka is not reached yet: try again later");
    }
    return current;
  }

  private List<CompletableFuture<Void>> send(
      KafkaProducer<byte[], byte[]> current, List<ProducerRecord<byte[], byte[]>> records)
      throws RejectedException {
    List<CompletableFuture<Void>> acknowledgements = new ArrayList<>(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      CompletableFuture<Void> acknowledged = send(current, record);
      acknowledgements.add(acknowledged);
      if (acknowledged.isCompletedExceptionally()) {
        // Each further one could wait as long again for a Kafka that is away.
        break;
      }
    }
    return acknowledgements;
  }

  private CompletableFuture<Void> send(
      KafkaProducer<byte[], byte[]> current, ProducerRecord<byte[], byte[]> record)
      throws RejectedException {
    long bytes = sizeOf(record);
    if (!inFlight.tryReserve(bytes)) {
      throw new RejectedException(
          Reason.OVERLOADED, "Kafka is slower than the senders: send the same request again later");
    }
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    CompletableFuture<Void> released =
        acknowledged.whenComplete((nothing, failure) -> inFlight.release(bytes));
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
    LOG.atWarn().addKeyValue("cause", cause.toString()).log("a record was not acknowledged");
    return new RejectedException(
        Reason.LOG_UNAVAILABLE,
        "Kafka did not acknowledge in time: send the same request again; if it was stored all the same, the repetition changes nothing");
  }

  private static void requireFits(ProducerRecord<byte[], byte[]> record) throws RejectedException {
    if (sizeOf(record) > MAX_EVENT_BYTES) {
      throw tooLarge();
    }
  }

  private static RejectedException tooLarge() {
    return new RejectedException(
        Reason.TOO_LARGE,
        "the event has more than %d bytes as a Kafka record: map less into event.data, or send a reference to the data instead"
            .formatted(MAX_EVENT_BYTES));
  }

  private static long sizeOf(ProducerRecord<byte[], byte[]> record) {
    return length(record.key()) + length(record.value()) + ENVELOPE_BYTES;
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
