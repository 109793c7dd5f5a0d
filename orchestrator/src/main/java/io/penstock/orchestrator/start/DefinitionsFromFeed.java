package io.penstock.orchestrator.start;

import io.penstock.orchestrator.core.Definitions;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.kafka.DefinitionIndex;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The definitions that this process has read. What ingest has stamped is on the topic, so a version
 * that is missing is only late: the caller waits, in order, within a bound. Once that has been in
 * vain, nobody waits for the same version again, or a lost definition would stop its partition anew
 * with each event; but when it comes after all, it is found.
 */
final class DefinitionsFromFeed implements Definitions {
  private final DefinitionIndex index;
  private final Duration atMost;
  private final Map<String, Boolean> waitedFor = new ConcurrentHashMap<>();

  DefinitionsFromFeed(DefinitionIndex index, Duration atMost) {
    this.index = index;
    this.atMost = atMost;
  }

  /**
   * @throws IllegalStateException if it is interrupted: nothing is known of the version then
   */
  @Override
  public Optional<Workflow> find(String name, String version) {
    String key = name + "@" + version;
    Duration wait = waitedFor.containsKey(key) ? Duration.ZERO : atMost;
    try {
      Optional<Workflow> found = index.awaitWorkflow(name, version, wait);
      if (found.isEmpty()) {
        waitedFor.put(key, true);
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for workflow " + key, e);
    }
  }
}
