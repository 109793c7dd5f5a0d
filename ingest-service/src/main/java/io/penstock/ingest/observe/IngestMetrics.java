package io.penstock.ingest.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.ingest.definition.KnownDefinitions;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.schema.definition.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts events that were accepted and requests that were turned away. The label of the source is
 * the name of a definition; whatever else somebody calls it is {@code unknown}.
 */
@ApplicationScoped
public class IngestMetrics {
  private static final String UNKNOWN = "unknown";
  private static final String WEBHOOKS = "/webhooks/";

  private final MeterRegistry registry;
  private final KnownDefinitions definitions;
  private final Map<String, Counter> accepted = new ConcurrentHashMap<>();
  private final Map<String, Map<Reason, Counter>> rejected = new ConcurrentHashMap<>();

  IngestMetrics(MeterRegistry registry, KnownDefinitions definitions) {
    this.registry = registry;
    this.definitions = definitions;
    // A first one must show as a rise from zero.
    accepted.put(UNKNOWN, counter(UNKNOWN));
    rejected.put(UNKNOWN, counters(UNKNOWN));
  }

  /**
   * An event is on the log.
   *
   * @param source as the event names it
   */
  public void accepted(String source) {
    accepted.computeIfAbsent(label(source), this::counter).increment();
  }

  /**
   * A request was turned away.
   *
   * @param path of the request, e.g. {@code /webhooks/crm}
   */
  public void rejected(Reason reason, String path) {
    String source = path.startsWith(WEBHOOKS) ? label(path.substring(WEBHOOKS.length())) : UNKNOWN;
    rejected.computeIfAbsent(source, this::counters).get(reason).increment();
  }

  private String label(String source) {
    try {
      return definitions.index().find(Source.class, source).map(Source::name).orElse(UNKNOWN);
    } catch (RejectedException e) { // the definitions are still being read
      return UNKNOWN;
    }
  }

  private Counter counter(String source) {
    return Counter.builder("penstock.ingest.accepted")
        .description("events that Kafka has, repetitions included")
        .tag("source", source)
        .register(registry);
  }

  private Map<Reason, Counter> counters(String source) {
    Map<Reason, Counter> counters = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      counters.put(
          reason,
          Counter.builder("penstock.ingest.rejected")
              .description("requests that were turned away")
              .tag("source", source)
              .tag("reason", reason.slug())
              .register(registry));
    }
    return counters;
  }
}
