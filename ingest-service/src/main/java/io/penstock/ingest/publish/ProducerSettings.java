package io.penstock.ingest.publish;

import io.penstock.ingest.start.IngestConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How events are written: durable first, then soon, then cheap. */
final class ProducerSettings {
  /** Kafka's own default for the largest request of a producer and the largest batch of a topic. */
  private static final int MAX_RECORD_BYTES = 1 << 20;

  private ProducerSettings() {}

  static Map<String, Object> of(String bootstrapServers, IngestConfig config) {
    int deliveryMillis = Math.toIntExact(config.deliveryTimeout().toMillis());
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "penstock-ingest-inputs");
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMillis);
    // Two tries fit, so that one lost connection is not yet an error to the sender.
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, deliveryMillis / 2));
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, config.maxBlock().toMillis());
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
    // Never the limit that is met first: a full buffer blocks, InFlightBytes refuses. A record a
    // little over half a batch occupies a whole one, hence the factor.
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * config.maxInFlight().asLongValue());
    // A broker that comes back is found within this time.
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    return settings;
  }
}
