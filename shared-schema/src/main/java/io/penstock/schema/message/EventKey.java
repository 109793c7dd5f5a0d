package io.penstock.schema.message;

import java.util.Optional;

/**
 * Identity of an event inside Penstock, from what makes it unique outside (CloudEvents: {@code
 * source} and {@code id}). Hashes only: an id may be somebody's e-mail address.
 *
 * @param eventHash 26 characters of {@code [0-9a-v]}, the key of deduplication
 * @param recordKey what decides the partition: the hash of the partition key if the event has one,
 *     else the event hash
 */
public record EventKey(String eventHash, String recordKey, boolean partitionKeyGiven) {

  public static EventKey of(String source, String id, Optional<String> partitionKey) {
    String eventHash = Hash.of("event", source, id);
    return partitionKey
        .map(key -> new EventKey(eventHash, Hash.of("partition", key), true))
        .orElseGet(() -> new EventKey(eventHash, eventHash, false));
  }
}
