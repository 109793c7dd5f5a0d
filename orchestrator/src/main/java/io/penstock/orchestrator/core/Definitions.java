package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Workflow;
import java.util.Optional;

/** Read port: pinned definitions. */
@FunctionalInterface
public interface Definitions {
  /**
   * The workflow under exactly this name and version; the same object for ever. One that may only
   * be late is waited for, within a bound.
   *
   * @return empty if it has not come
   */
  Optional<Workflow> find(String name, String version);

  /**
   * Of an execution that has it already.
   *
   * @throws IllegalStateException if it cannot be had: the caller suspends the execution
   */
  default Workflow workflow(String name, String version) {
    return find(name, version)
        .orElseThrow(() -> new IllegalStateException("no workflow %s@%s".formatted(name, version)));
  }
}
