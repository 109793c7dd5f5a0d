package io.penstock.ingest.event;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.EventKey;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as its sender sees it, before it is decided what it starts.
 *
 * @param source CloudEvents {@code source}, or the name of the {@code Source} of a webhook
 * @param partitionKey as the sender gave it; it leaves this service only as a hash
 */
public record IncomingEvent(
    String source,
    String id,
    String type,
    Optional<String> subject,
    Optional<Instant> time,
    Optional<String> partitionKey,
    Json data) {

  public EventKey key() {
    return EventKey.of(source, id, partitionKey);
  }
}
