package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Workflow;

/** Read port: pinned definitions. */
@FunctionalInterface
public interface Definitions {
  /**
   * The workflow under exactly this name and version; the same object for ever.
   *
   * @throws IllegalStateException if it cannot be had: the caller suspends the execution
   */
  Workflow workflow(String name, String version);
}
