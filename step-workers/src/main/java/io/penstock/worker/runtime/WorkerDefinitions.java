package io.penstock.worker.runtime;

import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.kafka.DefinitionFeed;
import io.penstock.schema.kafka.DefinitionIndex;
import java.time.Duration;
import java.util.Optional;

/** The definitions as this process has them, and patience for those on their way. */
final class WorkerDefinitions implements AutoCloseable {
  private final DefinitionFeed feed;
  private final Duration patience;
  private final Object changed = new Object();

  /**
   * @param patience see {@link WorkerConfig#definitionWait()}
   */
  WorkerDefinitions(
      String bootstrapServers,
      String worker,
      DefinitionFeed.DefinitionParser parser,
      Duration patience) {
    this.patience = patience;
    this.feed =
        new DefinitionFeed(bootstrapServers, "worker-" + worker, parser, this::definitionArrived);
  }

  DefinitionIndex index() {
    return feed.index();
  }

  boolean isCaughtUp() {
    return feed.isCaughtUp();
  }

  /** Waits for a workflow version, within the bound; empty if it did not come. */
  Optional<Workflow> await(String name, String version) {
    long until = System.nanoTime() + patience.toNanos();
    synchronized (changed) {
      Optional<Workflow> workflow = index().workflow(name, version);
      while (workflow.isEmpty() && System.nanoTime() < until) {
        try {
          changed.wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return Optional.empty();
        }
        workflow = index().workflow(name, version);
      }
      return workflow;
    }
  }

  private void definitionArrived(DefinitionKey ignored) {
    synchronized (changed) {
      changed.notifyAll();
    }
  }

  @Override
  public void close() {
    feed.close();
  }
}
