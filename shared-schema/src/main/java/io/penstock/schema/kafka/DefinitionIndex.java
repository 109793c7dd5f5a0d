package io.penstock.schema.kafka;

import io.penstock.schema.definition.Alert;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.definition.SemanticVersion;
import io.penstock.schema.definition.Workflow;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The definitions that this process has read so far. Thread-safe. */
public final class DefinitionIndex {
  private final Map<DefinitionKey, Definition> byKey = new ConcurrentHashMap<>();

  /** Workflows that nobody wrote: each delivers an {@link Alert}. */
  private final Map<DefinitionKey, Workflow> ofAlerts = new ConcurrentHashMap<>();

  private final Object changed = new Object();

  /** Adds or replaces; what has a version never changes, so replacing it changes nothing. */
  public void put(Definition definition) {
    if (definition instanceof Alert alert) {
      Workflow workflow = alert.workflow();
      ofAlerts.put(workflow.key(), workflow);
    }
    byKey.put(definition.key(), definition);
    synchronized (changed) {
      changed.notifyAll();
    }
  }

  public void remove(DefinitionKey key) {
    if (byKey.remove(key) instanceof Alert alert) {
      ofAlerts.remove(alert.workflow().key());
    }
  }

  public Optional<Workflow> workflow(String name, String version) {
    return find(Workflow.class, new DefinitionKey("Workflow", name, Optional.of(version)));
  }

  /**
   * As {@link #workflow}, for a version that is known to be on the topic and may not have been read
   * here yet.
   *
   * @param atMost how long to wait for it
   */
  public Optional<Workflow> awaitWorkflow(String name, String version, Duration atMost)
      throws InterruptedException {
    Optional<Workflow> found = workflow(name, version);
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (changed) {
      for (long left = 1; found.isEmpty() && left > 0; found = workflow(name, version)) {
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left > 0) {
          changed.wait(left);
        }
      }
    }
    return found;
  }

  /** A definition of a kind without versions. */
  public <D extends Definition> Optional<D> find(Class<D> kind, String name) {
    return find(kind, new DefinitionKey(kind.getSimpleName(), name, Optional.empty()));
  }

  /**
   * A definition of a kind with versions.
   *
   * @param reference {@code name@version}, or {@code name} for its highest released version
   */
  public <D extends Definition> Optional<D> resolve(Class<D> kind, String reference) {
    int at = reference.indexOf('@');
    if (at > 0) {
      return find(
          kind,
          new DefinitionKey(
              kind.getSimpleName(),
              reference.substring(0, at),
              Optional.of(reference.substring(at + 1))));
    }
    return versionsOf(kind, reference).stream()
        .max(Comparator.comparing(definition -> versionOf(definition)));
  }

  /** Of every workflow the version that new events start: the highest released one. */
  public List<Workflow> currentWorkflows() {
    return current(Workflow.class);
  }

  /** Of every definition of a kind with versions the highest released one, by name. */
  public <D extends Definition> List<D> current(Class<D> kind) {
    return ofKind(kind)
        .map(Definition::name)
        .distinct()
        .sorted()
        .flatMap(name -> resolve(kind, name).stream())
        .toList();
  }

  /** What was applied; the workflows that deliver alerts are not among it. */
  public Collection<Definition> all() {
    return List.copyOf(byKey.values());
  }

  /** All but pre-releases, unless there is nothing else. */
  private <D extends Definition> List<D> versionsOf(Class<D> kind, String name) {
    List<D> versions = ofKind(kind).filter(definition -> definition.name().equals(name)).toList();
    List<D> released = versions.stream().filter(d -> !versionOf(d).isPreRelease()).toList();
    return released.isEmpty() ? versions : released;
  }

  private <D extends Definition> Stream<D> ofKind(Class<D> kind) {
    return Stream.concat(byKey.values().stream(), ofAlerts.values().stream())
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  private static SemanticVersion versionOf(Definition definition) {
    return definition.key().version().flatMap(SemanticVersion::parse).orElseThrow();
  }

  private <D extends Definition> Optional<D> find(Class<D> kind, DefinitionKey key) {
    return Optional.ofNullable(byKey.get(key))
        .or(() -> Optional.ofNullable(ofAlerts.get(key)))
        .map(kind::cast);
  }
}
