package io.penstock.simulator.shell;

import io.penstock.orchestrator.core.Definitions;
import io.penstock.schema.definition.Workflow;
import io.penstock.simulator.planted.PlantedBug;
import java.util.Optional;

/**
 * The definitions of one orchestrator. One that comes within its patience is waited for; to the run
 * it looks as if it had been there.
 */
final class SeenDefinitions implements Definitions {
  private static final long PATIENCE = 10_000;

  private final String process;
  private final Cluster cluster;

  SeenDefinitions(String process, Cluster cluster) {
    this.process = process;
    this.cluster = cluster;
  }

  @Override
  public Optional<Workflow> find(String name, String version) {
    if (cluster.planted() == PlantedBug.LATEST_DEFINITION) {
      return cluster.definitions().newest(process, name);
    }
    return cluster
        .definitions()
        .visibleAt(process, name, version)
        .filter(at -> at <= cluster.time().now() + PATIENCE)
        .flatMap(at -> cluster.definitions().find(name, version));
  }
}
