package io.penstock.schema.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.penstock.schema.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An event from outside that passed the front door, with the decision which workflow versions it
 * starts. That decision is made once, in ingest, and obeyed from here on.
 *
 * @param source CloudEvents {@code source}; with {@code id} it identifies the event
 * @param time when it happened, as the sender says; shown, never used to decide
 * @param acceptedAt ingest's clock
 * @param partitionKey hashed already ({@link EventKey#recordKey()}) when the event had one
 * @param data what the started executions get as input
 * @param starts empty when nobody subscribed: the event is still recorded, so that a redelivery
 *     after somebody subscribed starts nothing either
 */
public record EventAccepted(
    String source,
    String id,
    String type,
    Optional<String> subject,
    Optional<Instant> time,
    Instant acceptedAt,
    Optional<String> partitionKey,
    Json data,
    List<Start> starts)
    implements Input {
  public EventAccepted {
    requireNonNull(source, "source");
    requireNonNull(id, "id");
    requireNonNull(type, "type");
    requireNonNull(acceptedAt, "acceptedAt");
    requireNonNull(data, "data");
    requireNonNull(starts, "starts");
    starts = List.copyOf(starts);
    if (starts.stream().map(Start::execution).distinct().count() < starts.size()) {
      throw new IllegalArgumentException("one execution is to be started twice");
    }
  }

  /** An execution that the event starts. */
  public record Start(String workflow, String version, ExecutionId execution) {
    public Start {
      requireNonNull(workflow, "workflow");
      requireNonNull(version, "version");
      requireNonNull(execution, "execution");
    }
  }

  /** Key of deduplication; see {@link EventKey#eventHash()}. */
  @JsonIgnore
  public String eventHash() {
    return EventKey.of(source, id, Optional.empty()).eventHash();
  }
}
