package io.penstock.ingest.definition;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.definition.SemanticVersion;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DefinitionFeed;
import io.penstock.schema.kafka.DefinitionIndex;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.InvalidDefinitionException;
import io.penstock.schema.language.Located;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The definitions as this process has read them from their topic. Thread-safe. */
@ApplicationScoped
public class KnownDefinitions {
  private final AtomicLong revision = new AtomicLong();
  private final Map<DefinitionKey, Json> documents = new ConcurrentHashMap<>();
  private volatile DefinitionFeed feed;

  /**
   * Starts to read.
   *
   * @param reader names this process among all readers
   */
  public synchronized void open(String bootstrapServers, String reader) {
    if (feed == null) {
      feed = new DefinitionFeed(bootstrapServers, reader, this::parse, this::changed);
    }
  }

  public synchronized void close() {
    if (feed != null) {
      feed.close();
      feed = null;
    }
  }

  /** Waits until all is read that stood on the topic at the start; false if that takes longer. */
  public boolean awaitRead(Duration atMost) throws InterruptedException {
    DefinitionFeed reading = feed;
    return reading != null && reading.awaitCaughtUp(atMost);
  }

  public boolean isRead() {
    DefinitionFeed reading = feed;
    return reading != null && reading.isCaughtUp();
  }

  /**
   * @throws RejectedException ({@code starting}) until all is read: before that a known source
   *     would look unknown, and an event would start too little
   */
  public DefinitionIndex index() throws RejectedException {
    DefinitionFeed reading = feed;
    if (reading == null || !reading.isCaughtUp()) {
      throw new RejectedException(
          Reason.STARTING, "the definitions are not read yet: try again later");
    }
    return reading.index();
  }

  /** Rises with every change of the index, after it. */
  public long revision() {
    return revision.get();
  }

  /**
   * A definition as it stands on the topic.
   *
   * @param version empty: the latest, for kinds that have versions
   */
  Optional<Json> find(String kind, String name, Optional<String> version) throws RejectedException {
    return index().all().stream()
        .map(Definition::key)
        .filter(key -> key.kind().equals(kind) && key.name().equals(name))
        .filter(key -> version.isEmpty() || key.version().equals(version))
        .max(
            // as for new events: released versions before any other
            Comparator.comparing((DefinitionKey key) -> !order(key).isPreRelease())
                .thenComparing(KnownDefinitions::order))
        .map(documents::get);
  }

  /** What has no version is alone under its name, so any order will do. */
  private static SemanticVersion order(DefinitionKey key) {
    return key.version()
        .flatMap(SemanticVersion::parse)
        .orElseGet(() -> new SemanticVersion(0, 0, 0, ""));
  }

  private Definition parse(byte[] json) throws UnreadableRecordException {
    try {
      Located<Definition> read = DefinitionReader.readJson(json);
      documents.put(read.definition().key(), read.json());
      return read.definition();
    } catch (InvalidDefinitionException e) {
      throw new UnreadableRecordException(e.getMessage());
    }
  }

  private void changed(DefinitionKey key) {
    revision.incrementAndGet();
  }
}
